.DEFAULT_GOAL := help
.PHONY: help fmt check test bench crash pillars run verify

help: ## show these verbs
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST)
fmt: ## format all sources (Maven must run on JDK 25)
	./mvnw -q spotless:apply
check: ## everything that must hold before a merge
	.ci/run
test: ## compile, test and check every module
	./mvnw verify
bench: ## measure
	./fedcore bench
crash: ## kill a server under load again and again, and look what is left
	testing/kill-loop
pillars: ## kill and restart each of five services under load, and compare what they say
	testing/five-pillars
run: ## start Federation Core on this machine
	./fedcore up
verify: ## check all evidence in ./data
	./fedcore verify data
