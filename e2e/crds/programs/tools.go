//go:build tools

// Package programs names the programs that the tests build, so that go.mod pins them.
package programs

import _ "helm.sh/helm/v4/cmd/helm"
