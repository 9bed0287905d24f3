// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// container runs one container of a pod, again where the pod's policy says so.
type container struct {
	spec      corev1.Container
	worker    *podWorker
	directory string
	// stop is closed when the container shall end; it then has the worker's grace.
	stop chan struct{}
	// idle containers end at once where nothing stands for their image: others wait for them.
	idle bool

	mutex    sync.Mutex
	state    corev1.ContainerState
	last     corev1.ContainerState
	restarts int32
	ready    bool
	// pid is of the process that runs or ran last.
	pid int
}

const (
	firstBackoff = time.Second
	longestPause = 10 * time.Second
)

// newContainer counts on where a former netlet has run it; former are the statuses that the API server has.
func newContainer(worker *podWorker, spec corev1.Container, former []corev1.ContainerStatus) *container {
	container := &container{
		spec:      spec,
		worker:    worker,
		directory: filepath.Join(worker.node.config.Directory, string(worker.uid)),
		stop:      make(chan struct{}),
		state:     corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: "ContainerCreating"}},
	}
	for _, status := range former {
		if status.Name == spec.Name && status.State.Waiting == nil {
			container.restarts = status.RestartCount + 1
		}
	}
	return container
}

// run goes on until the container has ended for good. @returns the last exit code
func (container *container) run(policy corev1.RestartPolicy) int32 {
	pause := time.Duration(0)
	for {
		began := time.Now()
		code := container.runOnce()
		again := policy == corev1.RestartPolicyAlways || (policy == corev1.RestartPolicyOnFailure && code != 0)
		if !again || container.stopping() {
			return code
		}
		if time.Since(began) > longestPause {
			pause = 0
		}
		if pause > 0 {
			container.wait("CrashLoopBackOff", fmt.Sprintf("back-off %s after exit code %d", pause, code))
			select {
			case <-time.After(pause):
			case <-container.stop:
				return code
			}
		}
		pause = min(max(2*pause, firstBackoff), longestPause)
		container.mutex.Lock()
		container.restarts++
		container.mutex.Unlock()
	}
}

func (container *container) runOnce() int32 {
	worker := container.worker
	worker.readServices(context.Background())
	command := commandOf(worker.node.config.Images, worker.pod(), &container.spec, worker.network, worker.serviceLinks())
	began := metav1.Now()
	if command == nil {
		container.running(began)
		if !container.idle {
			<-container.stop
		}
		container.ended(began, 0, "")
		return 0
	}
	code, failure := container.runProcess(command, began)
	container.ended(began, code, failure)
	return code
}

func (container *container) runProcess(command []string, began metav1.Time) (int32, string) {
	output, err := container.openLog()
	if err != nil {
		return 128, err.Error()
	}
	defer output.Close()
	worker := container.worker
	process := exec.Command(command[0], command[1:]...)
	process.Env = container.environment()
	process.Stdout, process.Stderr = output, output
	where := place{namespace: worker.network.namespace, hostname: worker.hostname(), enter: container.newRoot()}
	if err := worker.node.launcher.start(process, where); err != nil {
		return 128, err.Error()
	}
	container.setProcess(process.Process.Pid)
	container.running(began)
	ended := make(chan struct{})
	go container.endOnStop(process.Process.Pid, ended)
	err = process.Wait()
	close(ended)
	return exitCode(process, err), ""
}

// endOnStop asks the process group to end, and kills it when the grace is over.
func (container *container) endOnStop(pid int, ended chan struct{}) {
	select {
	case <-ended:
		return
	case <-container.stop:
	}
	signalGroup(pid, syscall.SIGTERM)
	select {
	case <-ended:
	case <-container.worker.graceOver():
		signalGroup(pid, syscall.SIGKILL)
	}
}

func signalGroup(pid int, signal syscall.Signal) {
	if err := syscall.Kill(-pid, signal); err != nil && !errors.Is(err, syscall.ESRCH) {
		slog.Warn("cannot signal a container", "pid", pid, "signal", signal.String(), "error", err.Error())
	}
}

// exitCode is 128 and the signal's number for a process that a signal has ended, as shells and kubelet have it.
func exitCode(process *exec.Cmd, err error) int32 {
	if process.ProcessState == nil {
		return 128
	}
	if status, ok := process.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int32(status.Signal())
	}
	if err != nil && process.ProcessState.ExitCode() == 0 {
		return 128
	}
	return int32(process.ProcessState.ExitCode())
}

// openLog opens the log of the coming run: NAME.RESTARTS.log.
func (container *container) openLog() (*os.File, error) {
	if err := os.MkdirAll(container.directory, 0o700); err != nil {
		return nil, err
	}
	return os.OpenFile(container.logFile(container.restarts), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
}

func (container *container) logFile(run int32) string {
	return filepath.Join(container.directory, fmt.Sprintf("%s.%d.log", container.spec.Name, run))
}

func (container *container) stopping() bool {
	select {
	case <-container.stop:
		return true
	default:
		return false
	}
}

func (container *container) wait(reason, message string) {
	container.set(func() {
		container.state = corev1.ContainerState{
			Waiting: &corev1.ContainerStateWaiting{Reason: reason, Message: message},
		}
	})
}

func (container *container) running(began metav1.Time) {
	container.set(func() {
		container.state = corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: began}}
		container.ready = container.spec.ReadinessProbe == nil
	})
}

func (container *container) ended(began metav1.Time, code int32, message string) {
	reason := "Completed"
	if code != 0 {
		reason = "Error"
	}
	container.set(func() {
		container.ready = false
		container.state = corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{
			ExitCode: code, Reason: reason, Message: message, StartedAt: began, FinishedAt: metav1.Now(),
		}}
		container.last = container.state
	})
}

func (container *container) setProcess(pid int) {
	container.mutex.Lock()
	defer container.mutex.Unlock()
	container.pid = pid
}

func (container *container) setReady(ready bool) {
	container.mutex.Lock()
	changed := container.ready != ready && container.state.Running != nil
	if changed {
		container.ready = ready
	}
	container.mutex.Unlock()
	if changed {
		container.worker.changed()
	}
}

func (container *container) set(change func()) {
	container.mutex.Lock()
	change()
	container.mutex.Unlock()
	container.worker.changed()
}

func (container *container) status() corev1.ContainerStatus {
	container.mutex.Lock()
	defer container.mutex.Unlock()
	started := container.state.Running != nil
	status := corev1.ContainerStatus{
		Name:         container.spec.Name,
		Image:        container.spec.Image,
		ImageID:      container.spec.Image,
		ContainerID:  fmt.Sprintf("netlet://%s/%s/%d", container.worker.uid, container.spec.Name, container.restarts),
		State:        container.state,
		Ready:        container.ready,
		Started:      &started,
		RestartCount: container.restarts,
	}
	if container.restarts > 0 || container.state.Waiting != nil {
		status.LastTerminationState = container.last
	}
	return status
}
