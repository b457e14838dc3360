# Huiyin. `make help` lists what can be done.
GO ?= go

help: ## list what can be done
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

run: ## both faces on one box, with the demonstration world (needs only Go)
	$(GO) run ./cmd/huiyin --demo

run-mysql: prepare ## both services on a private MariaDB, with the demonstration world
	.ci/mariadb --keep data/mariadb .ci/two-services

prepare: ## install what the tests need, only if missing (root or sudo)
	.ci/prepare

test: prepare ## every test, on SQLite and a private MariaDB, in Chromium
	$(GO) vet ./...
	.ci/mariadb $(GO) test -timeout 18m ./...

bench: prepare ## the figures of docs/performance.md
	.ci/mariadb --keep build/bench/mariadb $(GO) test -timeout 120m -run '^$$' -bench . -benchtime 1x ./cmd/huiyin
	.ci/mariadb $(GO) test -run '^$$' -bench QueueStatement -benchtime 1000x ./sql/officedb

check: ## what runs before a change lands
	.ci/run

build: ## static binaries under build/
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '-s -w' -o build/ ./cmd/...

.PHONY: help run run-mysql prepare test bench check build
