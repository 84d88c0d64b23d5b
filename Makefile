# make help lists what there is. Everything that CI runs is under `check`.
GO     ?= go
TOOL    = $(GO) tool -modfile=tools/go.mod
PKGS    = ./...
FUZZ   ?= 30s
BIN    ?= bin/faultline
PLATFORMS = linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64

.PHONY: help run build test check format vet lint tidy race docs cross fuzz bench bench-peers bench-proxy bench-capacity soak differential suite

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: ## the demo: bad calls, explained, on this machine alone
	@$(GO) run ./cmd/faultline demo

build: ## the binary, in bin/
	$(GO) build -trimpath -o $(BIN) ./cmd/faultline

test: ## all tests
	$(GO) test $(PKGS)

check: format vet lint tidy race differential cross ## all that CI runs

format: ## files that gofumpt would change
	@out=$$($(TOOL) gofumpt -l .); [ -z "$$out" ] || { echo "gofumpt would change:"; echo "$$out"; exit 1; }

vet: ## go vet, and what go fix would change
	$(GO) vet $(PKGS)
	$(GO) -C bench vet ./...
	@out=$$($(GO) fix -diff $(PKGS) 2>&1); [ -z "$$out" ] || { echo "go fix would change:"; echo "$$out"; exit 1; }

lint: ## staticcheck and revive, pinned in tools/go.mod
	$(TOOL) staticcheck $(PKGS)
	$(TOOL) revive -config revive.toml -set_exit_status $(PKGS)

tidy: ## go.mod and go.sum say what the code needs
	$(GO) mod tidy -diff
	$(GO) -C tools mod tidy -diff
	$(GO) -C bench mod tidy -diff

race: ## all tests with the race detector; they also compare the generated docs
	$(GO) test -race $(PKGS)

docs: ## write the generated docs and the golden files anew
	$(GO) test ./causes ./internal/cli ./internal/config ./internal/report ./internal/wire -update

cross: ## a build for each platform
	@for p in $(PLATFORMS); do echo "build $$p"; \
	  GOOS=$${p%/*} GOARCH=$${p#*/} CGO_ENABLED=0 $(GO) build -o /dev/null ./cmd/faultline || exit 1; done

fuzz: ## each fuzz target for FUZZ (30s); one: make fuzz ONLY=FuzzParse
	@ONLY="$(ONLY)" FUZZ="$(FUZZ)" GO="$(GO)" sh .ci/fuzz

bench: ## benchmarks, ten runs each, for benchstat
	$(GO) test -run '^$$' -bench . -benchmem -count 10 $(PKGS)

bench-peers: ## from bytes to verdict beside other engines; AJV_DIR=FOLDER adds ajv
	$(GO) -C bench run ./cmd/speed

bench-proxy: ## the proxy beside nginx, HAProxy and Go's; writes the tables in docs/performance.md
	$(GO) -C bench run ./cmd/proxytable

bench-capacity: ## what the proxy needs for many connections, large uploads and large contracts
	$(GO) -C bench run ./cmd/capacity

soak: ## the proxy under load, faults and reloads for FOR (2m); RACE=1 with the race detector
	$(GO) -C bench run ./cmd/soak -for $(or $(FOR),2m) $(if $(RACE),-race)

differential: ## our verdicts beside those of other validators, every difference explained
	$(GO) -C bench test ./differential ./fuzz -run 'TestPeers|TestPatterns|TestExplanations|TestAgainstSanthosh' -v

suite: ## the official JSON Schema suite, passed by us and by other validators
	$(GO) -C bench run ./cmd/suite
