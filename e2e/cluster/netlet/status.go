// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/netip"
	"reflect"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

// publish writes the pod's status where it differs from what the API server is known to have. @returns whether to
// try again
func (worker *podWorker) publish(ctx context.Context) bool {
	if worker.gone.Load() {
		return false
	}
	pod := worker.pod()
	status := worker.status(pod)
	if reflect.DeepEqual(status, worker.published) {
		return false
	}
	patch, err := json.Marshal(map[string]any{"metadata": map[string]any{"uid": worker.uid}, "status": status})
	if err != nil {
		slog.Error("cannot encode a status", "pod", worker.name(), "error", err.Error())
		return false
	}
	_, err = worker.node.client.CoreV1().Pods(pod.Namespace).
		Patch(ctx, pod.Name, types.MergePatchType, patch, metav1.PatchOptions{}, "status")
	if apierrors.IsNotFound(err) || apierrors.IsConflict(err) {
		// Gone, or another pod has the name by now; the watch will tell.
		return false
	}
	if err != nil {
		slog.Warn("cannot write a status", "pod", worker.name(), "error", err.Error())
		return true
	}
	worker.published = status
	return false
}

// deleteObject is false where it has to be tried again.
func (worker *podWorker) deleteObject(ctx context.Context) bool {
	pod := worker.pod()
	now := int64(0)
	err := worker.node.client.CoreV1().Pods(pod.Namespace).Delete(ctx, pod.Name, metav1.DeleteOptions{
		GracePeriodSeconds: &now,
		Preconditions:      &metav1.Preconditions{UID: &worker.uid},
	})
	if err == nil || apierrors.IsNotFound(err) || apierrors.IsConflict(err) {
		return true
	}
	slog.Warn("cannot delete a pod", "pod", worker.name(), "error", err.Error())
	return false
}

func (worker *podWorker) status(pod *corev1.Pod) corev1.PodStatus {
	status := corev1.PodStatus{QOSClass: pod.Status.QOSClass}
	started := metav1.NewTime(worker.began)
	status.StartTime = &started
	for _, address := range worker.node.entry.Addresses {
		status.HostIPs = append(status.HostIPs, corev1.HostIP{IP: address.String()})
	}
	status.HostIP = status.HostIPs[0].IP
	if worker.network != nil {
		for _, address := range worker.network.addresses {
			status.PodIPs = append(status.PodIPs, corev1.PodIP{IP: address.String()})
		}
		status.PodIP = status.PodIPs[0].IP
	}
	for _, container := range worker.init {
		status.InitContainerStatuses = append(status.InitContainerStatuses, container.status())
	}
	for _, container := range worker.mains {
		status.ContainerStatuses = append(status.ContainerStatuses, container.status())
	}
	status.Phase = worker.phase(status)
	status.Conditions = worker.conditions(pod, status)
	return status
}

func (worker *podWorker) phase(status corev1.PodStatus) corev1.PodPhase {
	if !worker.initialized() {
		if worker.current.Load() < 0 {
			return corev1.PodFailed
		}
		return corev1.PodPending
	}
	running, failed, waiting := 0, 0, 0
	for _, container := range status.ContainerStatuses {
		switch {
		case container.State.Terminated != nil && container.State.Terminated.ExitCode != 0:
			failed++
		case container.State.Running != nil:
			running++
		case container.State.Waiting != nil && container.RestartCount == 0 && container.LastTerminationState.Terminated == nil:
			waiting++
		}
	}
	if !worker.over() {
		if running == 0 && waiting > 0 {
			return corev1.PodPending
		}
		return corev1.PodRunning
	}
	if failed > 0 {
		return corev1.PodFailed
	}
	return corev1.PodSucceeded
}

func (worker *podWorker) initialized() bool { return int(worker.current.Load()) == len(worker.init) }

// over is whether no container will run again.
func (worker *podWorker) over() bool {
	select {
	case <-worker.allDone:
		return true
	default:
		return false
	}
}

func (worker *podWorker) conditions(pod *corev1.Pod, status corev1.PodStatus) []corev1.PodCondition {
	ready, reason := worker.initialized() && !worker.over(), ""
	for _, container := range status.ContainerStatuses {
		ready = ready && container.Ready
	}
	if !ready {
		reason = "ContainersNotReady"
	}
	if status.Phase == corev1.PodSucceeded {
		reason = "PodCompleted"
	}
	wanted := []corev1.PodCondition{
		{Type: corev1.PodReadyToStartContainers, Status: truth(worker.network != nil && !worker.over())},
		{Type: corev1.PodInitialized, Status: truth(worker.initialized())},
		{Type: corev1.PodReady, Status: truth(ready), Reason: reason},
		{Type: corev1.ContainersReady, Status: truth(ready), Reason: reason},
	}
	conditions := []corev1.PodCondition{}
	for _, condition := range pod.Status.Conditions {
		// Others keep theirs: the scheduler, controllers of readiness gates.
		if !owned(wanted, condition.Type) {
			conditions = append(conditions, condition)
		}
	}
	for _, condition := range wanted {
		condition.LastTransitionTime = worker.transition(condition)
		conditions = append(conditions, condition)
	}
	return conditions
}

// transition is since when a condition has its status.
func (worker *podWorker) transition(condition corev1.PodCondition) metav1.Time {
	for _, former := range worker.published.Conditions {
		if former.Type == condition.Type && former.Status == condition.Status {
			return former.LastTransitionTime
		}
	}
	return metav1.Now()
}

func owned(list []corev1.PodCondition, kind corev1.PodConditionType) bool {
	for _, condition := range list {
		if condition.Type == kind {
			return true
		}
	}
	return false
}

func truth(value bool) corev1.ConditionStatus {
	if value {
		return corev1.ConditionTrue
	}
	return corev1.ConditionFalse
}

func texts(addresses []netip.Addr) []string {
	list := make([]string, len(addresses))
	for index, address := range addresses {
		list[index] = address.String()
	}
	return list
}
