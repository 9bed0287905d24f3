// SPDX-License-Identifier: Apache-2.0

package main

import (
	"maps"
	"os"
	"path"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// entryPoint is what stands for an image; nil for images that nothing stands for.
func entryPoint(images map[string]Image, image string) []string {
	return images[imageName(image)].Command
}

// imageName is "agnhost" for "registry.example:5000/e2e/agnhost:2.5@sha256:…".
func imageName(image string) string {
	name, _, _ := strings.Cut(path.Base(image), "@")
	name, _, _ = strings.Cut(name, ":")
	return name
}

// commandOf is what a container runs: its own command or the image's, then its arguments; nil: nothing, for ever.
func commandOf(
	images map[string]Image, pod *corev1.Pod, container *corev1.Container, network *podNetwork, links map[string]string,
) []string {
	entry := entryPoint(images, container.Image)
	if entry == nil {
		return nil
	}
	values := variables(pod, container, network, links)
	command := entry
	if len(container.Command) > 0 {
		command = asProgram(images, container.Image, expandAll(container.Command, values))
	}
	return append(append([]string{}, command...), expandAll(container.Args, values)...)
}

// asProgram puts the image's entry point in the place of a command that has its name: there is no file /agnhost.
func asProgram(images map[string]Image, image string, command []string) []string {
	entry := entryPoint(images, image)
	if entry == nil || len(command) == 0 || path.Base(command[0]) != imageName(image) {
		return command
	}
	return append(append([]string{}, entry...), command[1:]...)
}

// variables are links and the container's own; what is not a plain value or a field of the pod has none.
func variables(
	pod *corev1.Pod, container *corev1.Container, network *podNetwork, links map[string]string,
) map[string]string {
	values := map[string]string{}
	maps.Copy(values, links)
	for _, variable := range container.Env {
		value := expand(variable.Value, values)
		if source := variable.ValueFrom; source != nil && source.FieldRef != nil {
			value = fieldOf(pod, source.FieldRef.FieldPath, network)
		}
		values[variable.Name] = value
	}
	return values
}

func fieldOf(pod *corev1.Pod, path string, network *podNetwork) string {
	if value, ok := labelOf(pod, path); ok {
		return value
	}
	switch path {
	case "metadata.name":
		return pod.Name
	case "metadata.namespace":
		return pod.Namespace
	case "metadata.uid":
		return string(pod.UID)
	case "spec.nodeName":
		return pod.Spec.NodeName
	case "spec.serviceAccountName":
		return pod.Spec.ServiceAccountName
	case "status.podIP":
		return network.addresses[0].String()
	case "status.podIPs":
		return strings.Join(texts(network.addresses), ",")
	case "status.hostIP":
		return network.host.String()
	}
	return ""
}

func labelOf(pod *corev1.Pod, path string) (string, bool) {
	name, ok := strings.CutPrefix(path, "metadata.labels['")
	return pod.Labels[strings.TrimSuffix(name, "']")], ok
}

// environment is the netlet's own (the lab finds its processes by a mark in it) with the container's over it.
func environment(
	pod *corev1.Pod, container *corev1.Container, network *podNetwork, links map[string]string,
) []string {
	list := append(os.Environ(), "HOSTNAME="+pod.Name)
	for name, value := range variables(pod, container, network, links) {
		list = append(list, name+"="+value)
	}
	return list
}

func expandAll(list []string, values map[string]string) []string {
	expanded := make([]string, len(list))
	for index, text := range list {
		expanded[index] = expand(text, values)
	}
	return expanded
}

// expand replaces $(NAME) where there is such a variable, and leaves it where there is none, as kubelet does.
func expand(text string, values map[string]string) string {
	for name, value := range values {
		text = strings.ReplaceAll(text, "$("+name+")", value)
	}
	return text
}
