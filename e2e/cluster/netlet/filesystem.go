// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"golang.org/x/sys/unix"
)

// bind is a folder or file of the machine in a container's file system.
type bind struct {
	source   string
	target   string
	readOnly bool
}

// enterNewRoot makes a file system of its own for the calling thread: the machine's, with all writes to its disk kept
// apart and gone with it, and with binds in it. Folder is where it is put together.
func enterNewRoot(folder string, binds []bind) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	if err := unix.Unshare(unix.CLONE_NEWNS); err != nil {
		return fmt.Errorf("new mount namespace: %w", err)
	}
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_SLAVE, ""); err != nil {
		return fmt.Errorf("mounts of its own: %w", err)
	}
	others, err := otherMounts(folder)
	if err != nil {
		return err
	}
	root, err := mountOverlay(folder)
	if err != nil {
		return err
	}
	for _, path := range others {
		if err := unix.Mount(path, root+path, "", unix.MS_BIND|unix.MS_REC, ""); err != nil {
			return fmt.Errorf("mount of %s: %w", path, err)
		}
	}
	sources, err := openSources(binds)
	defer closeAll(sources)
	if err != nil {
		return err
	}
	if err := unix.Chroot(root); err != nil {
		return err
	}
	if err := unix.Chdir("/"); err != nil {
		return err
	}
	for index, bind := range binds {
		if err := bind.mount(sources[index]); err != nil {
			return fmt.Errorf("mount of %s at %s: %w", bind.source, bind.target, err)
		}
	}
	return nil
}

// mountOverlay puts the upper layer into memory, for it may not lie in the lower one.
func mountOverlay(folder string) (string, error) {
	if err := unix.Mount("tmpfs", folder, "tmpfs", 0, "mode=0755"); err != nil {
		return "", fmt.Errorf("memory for %s: %w", folder, err)
	}
	layers := map[string]string{}
	for _, name := range []string{"upper", "work", "root"} {
		layers[name] = filepath.Join(folder, name)
		if err := os.Mkdir(layers[name], 0o755); err != nil {
			return "", err
		}
	}
	options := "lowerdir=/,upperdir=" + layers["upper"] + ",workdir=" + layers["work"]
	if err := unix.Mount("overlay", layers["root"], "overlay", 0, options); err != nil {
		return "", fmt.Errorf("overlay at %s: %w", layers["root"], err)
	}
	return layers["root"], nil
}

// otherMounts are what an overlay of / does not show, outermost first; /run stays the container's own.
func otherMounts(folder string) ([]string, error) {
	file, err := os.Open("/proc/thread-self/mountinfo")
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var all []string
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if fields := strings.Fields(lines.Text()); len(fields) > 4 {
			all = append(all, fields[4])
		}
	}
	sort.Strings(all)
	var chosen []string
	for _, path := range all {
		if path == "/" || inside(path, "/run") || inside(path, folder) || strings.Contains(path, `\`) {
			continue
		}
		if len(chosen) > 0 && inside(path, chosen[len(chosen)-1]) {
			continue
		}
		chosen = append(chosen, path)
	}
	return chosen, nil
}

func inside(path, folder string) bool { return path == folder || strings.HasPrefix(path, folder+"/") }

// openSources holds sources open, for after chroot their paths lead elsewhere.
func openSources(binds []bind) ([]int, error) {
	var sources []int
	for _, bind := range binds {
		source, err := unix.Open(bind.source, unix.O_PATH|unix.O_CLOEXEC, 0)
		if err != nil {
			return sources, fmt.Errorf("%s: %w", bind.source, err)
		}
		sources = append(sources, source)
	}
	return sources, nil
}

func closeAll(files []int) {
	for _, file := range files {
		_ = unix.Close(file)
	}
}

func (bind bind) mount(source int) error {
	var stat unix.Stat_t
	if err := unix.Fstat(source, &stat); err != nil {
		return err
	}
	if stat.Mode&unix.S_IFMT == unix.S_IFDIR {
		if err := os.MkdirAll(bind.target, 0o755); err != nil {
			return err
		}
	} else if err := makeFile(bind.target); err != nil {
		return err
	}
	path := fmt.Sprintf("/proc/thread-self/fd/%d", source)
	if err := unix.Mount(path, bind.target, "", unix.MS_BIND|unix.MS_REC, ""); err != nil {
		return err
	}
	if !bind.readOnly {
		return nil
	}
	return unix.Mount("", bind.target, "", unix.MS_REMOUNT|unix.MS_BIND|unix.MS_RDONLY, "")
}

func makeFile(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	return file.Close()
}

// enterRootOf puts the calling thread into the file system of a process.
func enterRootOf(pid int) error {
	root, err := unix.Open(fmt.Sprintf("/proc/%d/root", pid), unix.O_PATH|unix.O_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer unix.Close(root)
	mounts, err := unix.Open(fmt.Sprintf("/proc/%d/ns/mnt", pid), unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer unix.Close(mounts)
	if err := unix.Setns(mounts, unix.CLONE_NEWNS); err != nil {
		return err
	}
	if err := unix.Fchdir(root); err != nil {
		return err
	}
	return unix.Chroot(".")
}
