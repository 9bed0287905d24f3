// SPDX-License-Identifier: Apache-2.0

package main

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

var images = map[string]Image{"agnhost": {Command: []string{"/cache/agnhost"}}}

func TestImageName(t *testing.T) {
	for image, want := range map[string]string{
		"agnhost":                                  "agnhost",
		"registry.example:5000/e2e/agnhost:2.5":    "agnhost",
		"registry.example/agnhost@sha256:0123abcd": "agnhost",
		"registry.example/agnhost:2@sha256:0123":   "agnhost",
	} {
		if got := imageName(image); got != want {
			t.Errorf("%s is %s", image, got)
		}
	}
}

func TestCommandOf(t *testing.T) {
	pod := &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: "web", Labels: map[string]string{"app": "shop"}}}
	network := &podNetwork{}
	for _, test := range []struct {
		container corev1.Container
		want      []string
	}{
		{corev1.Container{Image: "x/agnhost:1", Args: []string{"netexec"}}, []string{"/cache/agnhost", "netexec"}},
		{corev1.Container{Image: "agnhost", Command: []string{"/agnhost", "pause"}}, []string{"/cache/agnhost", "pause"}},
		{corev1.Container{Image: "agnhost", Command: []string{"sh", "-c"}, Args: []string{"true"}}, []string{"sh", "-c", "true"}},
		{corev1.Container{Image: "nginx"}, nil},
		{
			corev1.Container{Image: "agnhost", Args: []string{"$(NAME)-$(APP)-$(NONE)"}, Env: []corev1.EnvVar{
				field("NAME", "metadata.name"), field("APP", "metadata.labels['app']"),
			}},
			[]string{"/cache/agnhost", "web-shop-$(NONE)"},
		},
	} {
		if got := commandOf(images, pod, &test.container, network, nil); !slices.Equal(got, test.want) {
			t.Errorf("%v instead of %v", got, test.want)
		}
	}
}

func field(name, path string) corev1.EnvVar {
	return corev1.EnvVar{Name: name, ValueFrom: &corev1.EnvVarSource{FieldRef: &corev1.ObjectFieldSelector{FieldPath: path}}}
}

func TestSeekTail(t *testing.T) {
	for lines, want := range map[int]string{1: "three\n", 2: "two\nthree\n", 3: "one\ntwo\nthree\n", 9: "one\ntwo\nthree\n"} {
		path := filepath.Join(t.TempDir(), "log")
		if err := os.WriteFile(path, []byte("one\ntwo\nthree\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		if err := seekTail(file, lines); err != nil {
			t.Fatal(err)
		}
		rest := make([]byte, 100)
		count, _ := file.Read(rest)
		if got := string(rest[:count]); got != want {
			t.Errorf("the last %d lines are %q", lines, got)
		}
	}
}

func TestServiceLinks(t *testing.T) {
	ports := []corev1.ServicePort{{Name: "agents", Port: 9443}, {Port: 80}}
	links := linksOf([]corev1.Service{
		{ObjectMeta: metav1.ObjectMeta{Name: "weir-operator"}, Spec: corev1.ServiceSpec{ClusterIP: "10.96.0.7", Ports: ports}},
		{ObjectMeta: metav1.ObjectMeta{Name: "headless"}, Spec: corev1.ServiceSpec{ClusterIP: "None", Ports: ports}},
	})
	want := map[string]string{
		"WEIR_OPERATOR_SERVICE_HOST": "10.96.0.7", "WEIR_OPERATOR_SERVICE_PORT": "9443",
		"WEIR_OPERATOR_SERVICE_PORT_AGENTS": "9443",
	}
	if !maps.Equal(links, want) {
		t.Errorf("links are %v", links)
	}
	pod := &corev1.Pod{}
	container := corev1.Container{Env: []corev1.EnvVar{{Name: "TO", Value: "$(WEIR_OPERATOR_SERVICE_HOST):1"}}}
	if got := variables(pod, &container, &podNetwork{}, links)["TO"]; got != "10.96.0.7:1" {
		t.Errorf("it is expanded to %s", got)
	}
}
