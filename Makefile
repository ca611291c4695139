# SPDX-License-Identifier: BSD-3-Clause

MODULE := build/pam_session_keyring.so
PROFILE := pkg.pam-session-keyring.local-swift
SCRIPTS := .ci/run $(wildcard Tests/*.sh Tests/*/*.sh)

.PHONY: all deps build install demo test test-long fuzz coverage lint clean
all: build

deps:
	@dpkg-checkbuilddeps -P$(PROFILE) 2>/dev/null || { apt-get -qq update && \
	  apt-get -qqy --no-install-recommends build-dep -P $(PROFILE) ./; }

build: deps
	swift build -c release --product pam_session_keyring --scratch-path .build-module \
	  --toolset module.toolset.json --omit-frame-pointers --disable-local-rpath
	install -d build
	strip --strip-unneeded --remove-section=.comment -o $(MODULE) \
	  .build-module/release/libpam_session_keyring.so
	chmod 644 $(MODULE)

install: build
	install -D -m 644 $(MODULE) \
	  $(DESTDIR)/usr/lib/$$(dpkg-architecture -qDEB_HOST_MULTIARCH)/security/pam_session_keyring.so

demo: build
	Tests/System/demo.sh $(MODULE)

test: build
	swift test --skip LongTests

# What takes minutes, for pam_keyinit too. It writes its tables to build/ and ends with the figures.
test-long: build fuzz
	for product in pam_session_keyring pam-client; do \
	  swift build --sanitize=thread --scratch-path .build-tsan --product $$product \
	    -Xlinker --export-dynamic || exit; \
	done
	rm -f build/figures.tsv
	swift test --filter LongTests
	@sort build/figures.tsv build/fuzz.tsv | awk -F'\t' ' \
	  BEGIN { printf "\n%-90s %11s %19s\n", "", "pam_keyinit", "pam_session_keyring" } \
	  { printf "%-90s %11s %19s\n", $$1, $$2, $$3 }'

# For so many seconds; what it finds worth keeping is in .build-fuzz.
FUZZ_SECONDS := 60
fuzz: deps
	Tests/Fuzz/fuzz.sh $(FUZZ_SECONDS)

coverage: build
	Tests/coverage.sh

lint: deps
	swift format lint --strict --recursive Package.swift Sources Tests
	shellcheck $(SCRIPTS)

clean:
	rm -rf .build .build-* build
