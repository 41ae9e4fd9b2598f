# The commands of this repository. `make run` and `make test` do all set-up themselves.

export KEYWRIGHT_STRICT ?= 1

.DEFAULT_GOAL := help
.PHONY: help setup run test test-swift test-clients format lint generate check-generated check-docs check-examples bench fuzz docs clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install what building and testing need (quick when there is nothing to do)
	@scripts/setup

run: setup ## start the service, show a data key pair being made, keep serving until Ctrl-C
	@scripts/run

test: setup ## run every test
	@scripts/test

test-swift: setup ## run the Swift tests only
	@scripts/test swift

test-clients: setup ## run the client tests only: boto3, the AWS CLI, raw HTTP
	@scripts/test clients

format: ## format every Swift file
	@scripts/lint --fix

lint: ## check the format and style of every Swift file, and what it imports
	@scripts/lint
	@scripts/check-imports

generate: setup ## write the generated Swift code anew from Model/
	@scripts/generate

check-generated: setup ## fail if the generated Swift code differs from what Model/ gives
	@scripts/generate --check

check-docs: setup ## fail if code in the documentation does not compile
	@scripts/build
	@scripts/check-docs

check-examples: setup ## build the examples and run those that need no input
	@scripts/check-examples

bench: ## measure a release build beside its floors, and print the ratios
	@Benchmarks/run

fuzz: setup ## let each fuzz target look for inputs that break its rules, 20 seconds each
	@scripts/build
	@scripts/fuzz

docs: setup ## build the API documentation of the Swift client into .build/docs
	@scripts/docs

clean: ## remove what builds and tests made
	rm -rf .build .build-fuzz .venv Benchmarks/.build Examples/.build Tests/Clients/.pytest_cache
