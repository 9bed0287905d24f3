// Where the CRDs of others are, pinned for the tests: Weir must leave them alone, and work with them.
module weir/e2e/crds/foreign

go 1.26.0

require (
	github.com/cilium/cilium v1.20.2
	sigs.k8s.io/network-policy-api v0.2.0
)
