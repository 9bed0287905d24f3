// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/types"
)

const retryPause = 500 * time.Millisecond

// podWorker is one pod from the time that it is bound to the node until it is gone from the API server.
type podWorker struct {
	node    *node
	uid     types.UID
	latest  atomic.Pointer[corev1.Pod]
	gone    atomic.Bool
	network *podNetwork
	began   time.Time
	// links are variables, see readServices.
	links atomic.Pointer[map[string]string]
	// published is the status that the API server has taken.
	published corev1.PodStatus
	// opened is closed when network and containers are there.
	opened chan struct{}

	init  []*container
	mains []*container
	// current is the init container that runs, or the number of all when they are over; -1: one has failed.
	current atomic.Int32

	wake    chan struct{}
	allDone chan struct{}

	graceOnce sync.Once
	grace     chan struct{}
}

func newPodWorker(node *node, pod *corev1.Pod) *podWorker {
	worker := &podWorker{
		node:    node,
		uid:     pod.UID,
		began:   time.Now(),
		wake:    make(chan struct{}, 1),
		opened:  make(chan struct{}),
		allDone: make(chan struct{}),
		grace:   make(chan struct{}),
	}
	worker.latest.Store(pod)
	return worker
}

func (worker *podWorker) pod() *corev1.Pod { return worker.latest.Load() }

// update takes a newer version of the pod over.
func (worker *podWorker) update(pod *corev1.Pod) {
	worker.latest.Store(pod)
	worker.changed()
}

// vanish says that the API server has the pod no more: it was deleted by force.
func (worker *podWorker) vanish() {
	worker.gone.Store(true)
	worker.changed()
}

func (worker *podWorker) changed() {
	select {
	case worker.wake <- struct{}{}:
	default:
	}
}

func (worker *podWorker) leaving() bool {
	return worker.gone.Load() || worker.pod().DeletionTimestamp != nil
}

func (worker *podWorker) graceOver() <-chan struct{} { return worker.grace }

func (worker *podWorker) run(ctx context.Context) {
	if !finished(worker.pod()) && worker.open(ctx) {
		go worker.runContainers()
		worker.follow(ctx)
		worker.close()
		// The address is free by now, and the pod's end is told after that, as kubelet does.
		worker.publishUntilDone(ctx)
	}
	worker.awaitDeletion(ctx)
}

func finished(pod *corev1.Pod) bool {
	return pod.Status.Phase == corev1.PodSucceeded || pod.Status.Phase == corev1.PodFailed
}

// open makes what the containers need. @returns false when the pod leaves before that
func (worker *podWorker) open(ctx context.Context) bool {
	if !worker.connect(ctx) {
		return false
	}
	if !worker.fillVolumes(ctx) {
		worker.close()
		return false
	}
	status := worker.pod().Status
	for _, spec := range worker.pod().Spec.InitContainers {
		container := newContainer(worker, spec, status.InitContainerStatuses)
		container.idle = !sidecar(container)
		worker.init = append(worker.init, container)
	}
	for _, spec := range worker.pod().Spec.Containers {
		worker.mains = append(worker.mains, newContainer(worker, spec, status.ContainerStatuses))
	}
	close(worker.opened)
	return true
}

// connect makes the pod's network, again and again while no address is free.
func (worker *podWorker) connect(ctx context.Context) bool {
	if worker.pod().Spec.HostNetwork {
		worker.network = worker.node.network.host()
		return true
	}
	for ctx.Err() == nil && !worker.leaving() {
		network, err := worker.node.network.attach(string(worker.uid))
		if err == nil {
			worker.network = network
			return true
		}
		slog.Warn("cannot attach a pod", "pod", worker.name(), "error", err.Error())
		worker.pauseOrWake(ctx)
	}
	return false
}

func (worker *podWorker) close() {
	if worker.network == nil {
		return
	}
	if err := worker.node.network.detach(worker.network); err != nil {
		slog.Error("cannot detach a pod", "pod", worker.name(), "error", err.Error())
	}
}

// runContainers runs the init containers one after the other, then the others together. Restartable init containers
// (sidecars) run beside them.
func (worker *podWorker) runContainers() {
	defer close(worker.allDone)
	policy := worker.pod().Spec.RestartPolicy
	for index, container := range worker.init {
		worker.current.Store(int32(index))
		if sidecar(container) {
			go container.run(corev1.RestartPolicyAlways)
			continue
		}
		own := policy
		if own == corev1.RestartPolicyAlways {
			own = corev1.RestartPolicyOnFailure
		}
		if code := container.run(own); code != 0 {
			worker.current.Store(-1)
			return
		}
	}
	worker.current.Store(int32(len(worker.init)))
	worker.changed()
	var group sync.WaitGroup
	for _, container := range worker.mains {
		group.Go(func() { container.run(policy) })
		go container.probe(worker.allDone)
	}
	group.Wait()
}

func sidecar(container *container) bool {
	policy := container.spec.RestartPolicy
	return policy != nil && *policy == corev1.ContainerRestartPolicyAlways
}

// follow keeps the status and ends the containers when the pod leaves; it is over when all have ended.
func (worker *podWorker) follow(ctx context.Context) {
	stopped := false
	for {
		if worker.leaving() && !stopped {
			stopped = true
			worker.stopContainers()
		}
		retry := worker.publish(ctx)
		var pause <-chan time.Time
		if retry {
			pause = time.After(retryPause)
		}
		select {
		case <-worker.wake:
		case <-pause:
		case <-worker.allDone:
			worker.stopSidecars()
			return
		case <-ctx.Done():
			return
		}
	}
}

func (worker *podWorker) stopContainers() {
	for _, container := range append(append([]*container{}, worker.init...), worker.mains...) {
		if !sidecar(container) {
			close(container.stop)
		}
	}
	time.AfterFunc(worker.graceLeft(), func() { worker.graceOnce.Do(func() { close(worker.grace) }) })
}

func (worker *podWorker) stopSidecars() {
	for _, container := range worker.init {
		if sidecar(container) {
			close(container.stop)
		}
	}
	worker.graceOnce.Do(func() { close(worker.grace) })
}

func (worker *podWorker) graceLeft() time.Duration {
	seconds := worker.pod().DeletionGracePeriodSeconds
	if worker.gone.Load() || seconds == nil {
		return 0
	}
	return time.Duration(*seconds) * time.Second
}

func (worker *podWorker) publishUntilDone(ctx context.Context) {
	for worker.publish(ctx) && ctx.Err() == nil {
		worker.pauseOrWake(ctx)
	}
}

// awaitDeletion removes the object of a pod that is to leave, as the node's last word on it.
func (worker *podWorker) awaitDeletion(ctx context.Context) {
	for ctx.Err() == nil && !worker.gone.Load() {
		if worker.pod().DeletionTimestamp == nil {
			select {
			case <-worker.wake:
			case <-ctx.Done():
			}
			continue
		}
		if worker.deleteObject(ctx) {
			break
		}
		worker.pauseOrWake(ctx)
	}
	if ctx.Err() == nil {
		_ = os.RemoveAll(filepath.Join(worker.node.config.Directory, string(worker.uid)))
	}
}

func (worker *podWorker) pauseOrWake(ctx context.Context) {
	select {
	case <-time.After(retryPause):
	case <-worker.wake:
	case <-ctx.Done():
	}
}

// hostname is the node's where the pod has nothing of its own.
func (worker *podWorker) hostname() string {
	if worker.pod().Spec.HostNetwork {
		return worker.node.entry.Name
	}
	return worker.pod().Name
}

func (worker *podWorker) name() string { return worker.pod().Namespace + "/" + worker.pod().Name }

// containerNamed is nil where there is none, or not yet.
func (worker *podWorker) containerNamed(name string) *container {
	select {
	case <-worker.opened:
	default:
		return nil
	}
	for _, container := range append(append([]*container{}, worker.mains...), worker.init...) {
		if container.spec.Name == name {
			return container
		}
	}
	return nil
}
