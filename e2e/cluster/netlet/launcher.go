// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"

	"github.com/vishvananda/netns"
	"golang.org/x/sys/unix"
)

// launcher starts all processes from one thread that lives as long as the netlet: the kernel kills them when the
// thread that started them ends (PR_SET_PDEATHSIG), so that a killed netlet leaves none.
type launcher struct {
	requests chan launch
}

type launch struct {
	place
	command *exec.Cmd
	done    chan error
}

// place is where a process is started.
type place struct {
	namespace string
	hostname  string
	// enter puts the thread into the process's file system; nil: the machine's.
	enter func() error
}

func startLauncher() (*launcher, error) {
	launcher := &launcher{requests: make(chan launch)}
	ready := make(chan error)
	go func() {
		runtime.LockOSThread()
		// A thread that shares its root with others may not change its mount namespace.
		if err := unix.Unshare(unix.CLONE_FS); err != nil {
			ready <- err
			return
		}
		home, err := unix.Open("/proc/thread-self/ns/mnt", unix.O_RDONLY|unix.O_CLOEXEC, 0)
		ready <- err
		if err != nil {
			return
		}
		for request := range launcher.requests {
			failure := request.start()
			if request.enter != nil {
				// Setns to a mount namespace goes to its root, too.
				if err := unix.Setns(home, unix.CLONE_NEWNS); err != nil {
					panic(fmt.Sprintf("cannot leave a mount namespace: %v", err))
				}
			}
			request.done <- failure
		}
	}()
	return launcher, <-ready
}

// start starts a command in its place, as leader of a process group.
func (launcher *launcher) start(command *exec.Cmd, where place) error {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	request := launch{place: where, command: command, done: make(chan error)}
	launcher.requests <- request
	return <-request.done
}

// start leaves the thread's network namespace and host name as they are: each request says where it wants to be.
func (request launch) start() error {
	target, err := netns.GetFromPath(filepath.Join(namespaceFolder, request.namespace))
	if err != nil {
		return err
	}
	defer target.Close()
	if err := netns.Set(target); err != nil {
		return err
	}
	if err := unix.Unshare(unix.CLONE_NEWUTS); err != nil {
		return err
	}
	if err := unix.Sethostname([]byte(request.hostname)); err != nil {
		return err
	}
	if request.enter != nil {
		if err := request.enter(); err != nil {
			return err
		}
	}
	return request.command.Start()
}
