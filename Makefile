# SPDX-License-Identifier: Apache-2.0
SHELL := /bin/bash
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)

.DEFAULT_GOAL := help
.PHONY: help setup build gen format test demo bench lab kernels images clean

help: ## Show what can be made
	@echo "Weir: Kubernetes network policies, compiled centrally, enforced in the kernel."
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: build/.setup ## Install what is missing: Debian packages by apt-get, Node packages by npm ci (2 minutes)

build/.setup: scripts/setup package-lock.json
	@scripts/setup
	@mkdir -p build && touch $@

build: build/.setup ## Compile the eBPF programs, and bundle what is shipped into build/js (10 seconds)
	@$(MAKE) --no-print-directory -C bpf
	@npm run --silent build

gen: build/.setup ## Generate the protocol's code
	@npm run --silent gen

format: build/.setup ## Format TypeScript, C and the protocol
	@npm run --silent format

test: build ## Run every check and suite
	@node e2e/suites/main.ts

demo: build ## Policies from a folder, two agents, real traffic (under 90 seconds)
	@npm run --silent demo

bench: build ## Measure, print a table and write bench-results.json (5 minutes)
	@npm run --silent bench
	@npm run --silent bench:cluster -- --if-built

lab: build ## Show how to use the lab
	@npm run --silent lab -- --help

kernels: build ## Load the programs in Debian's 5.10, 6.1 and 6.12 kernels in qemu (3 minutes)
	@scripts/setup --kernels
	@npm run --silent kernels

images: build ## Build both images with buildah, and run them from their root file systems (4 minutes)
	@scripts/images

clean: ## Remove what was built
	@rm -rf build coverage bench-results.json
