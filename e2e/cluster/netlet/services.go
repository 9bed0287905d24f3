// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// readServices keeps the variables that tell of the Services of the pod's namespace, for a container that is about to
// start: as kubelet, with what there is then. Only pods with volumes, which stand for real manifests, get them.
func (worker *podWorker) readServices(ctx context.Context) {
	pod := worker.pod()
	if links := pod.Spec.EnableServiceLinks; (links != nil && !*links) || !worker.hasVolumes() {
		return
	}
	services, err := worker.node.client.CoreV1().Services(pod.Namespace).List(ctx, metav1.ListOptions{})
	if err != nil {
		slog.Warn("cannot list services", "pod", worker.name(), "error", err.Error())
		return
	}
	links := linksOf(services.Items)
	worker.links.Store(&links)
}

func (worker *podWorker) hasVolumes() bool {
	for _, container := range worker.pod().Spec.Containers {
		if worker.node.imageOf(&container).Volumes {
			return true
		}
	}
	return false
}

func (worker *podWorker) serviceLinks() map[string]string {
	if links := worker.links.Load(); links != nil {
		return *links
	}
	return nil
}

// linksOf are NAME_SERVICE_HOST, NAME_SERVICE_PORT and NAME_SERVICE_PORT_PORTNAME.
func linksOf(services []corev1.Service) map[string]string {
	links := map[string]string{}
	for _, service := range services {
		address := service.Spec.ClusterIP
		if address == "" || address == corev1.ClusterIPNone || len(service.Spec.Ports) == 0 {
			continue
		}
		name := variableName(service.Name)
		links[name+"_SERVICE_HOST"] = address
		links[name+"_SERVICE_PORT"] = fmt.Sprint(service.Spec.Ports[0].Port)
		for _, port := range service.Spec.Ports {
			if port.Name != "" {
				links[name+"_SERVICE_PORT_"+variableName(port.Name)] = fmt.Sprint(port.Port)
			}
		}
	}
	return links
}

func variableName(name string) string {
	return strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
}
