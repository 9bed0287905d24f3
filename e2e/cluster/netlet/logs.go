// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"time"

	"github.com/virtual-kubelet/virtual-kubelet/errdefs"
	"github.com/virtual-kubelet/virtual-kubelet/node/api"
)

const followPause = 100 * time.Millisecond

// logs gives what a container has written, both outputs as one, without times.
func (node *node) logs(
	ctx context.Context, namespace, pod, name string, options api.ContainerLogOpts,
) (io.ReadCloser, error) {
	container, err := node.container(namespace, pod, name)
	if err != nil {
		return nil, err
	}
	run := container.status().RestartCount
	if options.Previous {
		run--
	}
	file, err := os.Open(container.logFile(run))
	if errors.Is(err, os.ErrNotExist) {
		if options.Previous {
			return nil, errdefs.NotFoundf("container %s has no earlier run", name)
		}
		return io.NopCloser(bytes.NewReader(nil)), nil
	}
	if err != nil {
		return nil, err
	}
	if options.Tail > 0 {
		if err := seekTail(file, options.Tail); err != nil {
			file.Close()
			return nil, err
		}
	}
	var reader io.Reader = file
	if options.Follow {
		reader = &follower{ctx: ctx, file: file, container: container}
	}
	if options.LimitBytes > 0 {
		reader = io.LimitReader(reader, int64(options.LimitBytes))
	}
	return struct {
		io.Reader
		io.Closer
	}{reader, file}, nil
}

// seekTail goes to the start of the last lines.
func seekTail(file *os.File, lines int) error {
	content, err := io.ReadAll(file)
	if err != nil {
		return err
	}
	end := len(bytes.TrimSuffix(content, []byte("\n")))
	start := end
	for ; lines > 0 && start >= 0; lines-- {
		start = bytes.LastIndexByte(content[:start], '\n')
	}
	_, err = file.Seek(int64(start+1), io.SeekStart)
	return err
}

// follower waits at the end of a log for more, as long as its container runs.
type follower struct {
	ctx       context.Context
	file      *os.File
	container *container
}

func (follower *follower) Read(buffer []byte) (int, error) {
	for {
		runs := follower.container.status().State.Running != nil
		count, err := follower.file.Read(buffer)
		if count > 0 || (err != nil && err != io.EOF) || !runs {
			return count, err
		}
		select {
		case <-time.After(followPause):
		case <-follower.ctx.Done():
			return 0, io.EOF
		}
	}
}
