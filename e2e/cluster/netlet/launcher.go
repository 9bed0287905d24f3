// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"

	"github.com/vishvananda/netns"
)

// launcher starts all processes from one thread that lives as long as the netlet: the kernel kills them when the
// thread that started them ends (PR_SET_PDEATHSIG), so that a killed netlet leaves none.
type launcher struct {
	requests chan launch
}

type launch struct {
	command   *exec.Cmd
	namespace string
	hostname  string
	done      chan error
}

func startLauncher() *launcher {
	launcher := &launcher{requests: make(chan launch)}
	go func() {
		runtime.LockOSThread()
		for request := range launcher.requests {
			request.done <- request.start()
		}
	}()
	return launcher
}

// start starts a command in a network namespace, with a host name of its own and as leader of a process group.
func (launcher *launcher) start(command *exec.Cmd, namespace, hostname string) error {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	request := launch{command: command, namespace: namespace, hostname: hostname, done: make(chan error)}
	launcher.requests <- request
	return <-request.done
}

// start leaves the launcher's thread where the process is: each request says where it wants to be.
func (request launch) start() error {
	target, err := netns.GetFromPath(filepath.Join(namespaceFolder, request.namespace))
	if err != nil {
		return err
	}
	defer target.Close()
	if err := netns.Set(target); err != nil {
		return err
	}
	if err := syscall.Unshare(syscall.CLONE_NEWUTS); err != nil {
		return err
	}
	if err := syscall.Sethostname([]byte(request.hostname)); err != nil {
		return err
	}
	return request.command.Start()
}
