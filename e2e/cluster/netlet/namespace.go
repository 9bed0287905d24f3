// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/vishvananda/netns"
)

const namespaceFolder = "/run/netns"

// inNamespace runs body on a thread in a namespace, for what belongs to the thread's: /proc/sys/net and sockets.
func inNamespace(name string, body func() error) error {
	return onOwnThread(func() error {
		target, err := netns.GetFromPath(filepath.Join(namespaceFolder, name))
		if err != nil {
			return fmt.Errorf("network namespace %s: %w", name, err)
		}
		defer target.Close()
		if err := netns.Set(target); err != nil {
			return err
		}
		return body()
	})
}

// makeNamespace makes a named namespace, as `ip netns add`, and runs body in it.
func makeNamespace(name string, body func() error) error {
	return onOwnThread(func() error {
		handle, err := netns.NewNamed(name)
		if err != nil {
			return fmt.Errorf("network namespace %s: %w", name, err)
		}
		defer handle.Close()
		return body()
	})
}

// onOwnThread brings the thread back home; one that cannot go home must not serve others.
func onOwnThread(body func() error) error {
	runtime.LockOSThread()
	home, err := netns.Get()
	if err != nil {
		runtime.UnlockOSThread()
		return err
	}
	defer home.Close()
	failure := body()
	if err := netns.Set(home); err != nil {
		panic(fmt.Sprintf("cannot leave a network namespace: %v", err))
	}
	runtime.UnlockOSThread()
	return failure
}

func removeNamespace(name string) error {
	err := netns.DeleteNamed(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

// removeLeftovers removes the namespaces of pods that a killed netlet has left. Its processes have ended with it.
func removeLeftovers(prefix string) error {
	entries, err := os.ReadDir(namespaceFolder)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), prefix) {
			if err := removeNamespace(entry.Name()); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeSysctls writes files under /proc/sys/net of the thread's namespace.
func writeSysctls(values map[string]string) error {
	for path, value := range values {
		if err := os.WriteFile("/proc/sys/net/"+path, []byte(value), 0o644); err != nil {
			return err
		}
	}
	return nil
}
