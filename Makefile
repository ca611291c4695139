# SPDX-License-Identifier: BSD-3-Clause

# With a Swift of swift.org's. Empty (make deb PROFILE=) for Debian's own.
PROFILE := pkg.pam-session-keyring.local-swift
PROFILES := $(addprefix -P,$(PROFILE))
SCRIPTS := .ci/run dist.sh vendor.sh \
  $(addprefix debian/libpam-session-keyring.,bug-script postinst prerm) \
  debian/tests/check debian/tests/profile debian/tests/session debian/tests/tool \
  $(wildcard Sources/*/Linking/*.sh Tests/*.sh Tests/*/*.sh debian/tests/logins/*.sh debian/tests/logins/run \
  Tests/System/Machines/*.sh Tests/System/Machines/Desktop/*.sh) \
  $(addprefix Tests/System/Machines/Guest/,answer census init look rows see set-up) \
  $(addprefix Tests/System/Machines/Desktop/Guest/,desktop drive gdm greetd lightdm lock orders sddm waiting xrdp)

.PHONY: all deps vendor build module module-arm64 tool completions man install source-copy dist deb demo \
  libpams test test-unprivileged test-long test-deb test-home test-clients test-fleet test-machines \
  test-installed test-profiles test-sid bench fuzz coverage lint clean
all: build man
.NOTPARALLEL:

# What debian/control asks for, from Debian. It is silent unless it fails.
deps:
	@dpkg-checkbuilddeps $(PROFILES) 2>/dev/null || { install -d build && { apt-get -qq update && \
	  apt-get -qqy --no-install-recommends build-dep $(PROFILES) ./; } >build/deps.log 2>&1; } || \
	  { cat build/deps.log; exit 1; }

# The program's one library, checked before each build. The script has its version and sum.
vendor:
	./vendor.sh vendor

# Debian's flags for C go to the clang inside Swift, and those for the linker to the clang that links.
# Package.swift has C's own file fortified: to clang a fortified read(2) of a newer glibc is two functions,
# and Swift imports none of them.
CLANG_FLAGS = $(addprefix -Xcc ,$(filter-out -D_FORTIFY_SOURCE=%,$(CPPFLAGS) $(CFLAGS))) \
  $(foreach flag,$(LDFLAGS),-Xswiftc -Xclang-linker -Xswiftc $(flag))

# Debian strips what it packages by itself: dh_strip makes the packages of debug symbols from it.
STRIP_FLAGS ?= --strip-unneeded
TOOL := build/session-keyring

build: module tool

include Sources/SessionKeyringModule/Linking/machine.mk

# SwiftPM does not know of the linker's files: what it made is linked anew. Nor does it know that the
# manifest looks for the library: one without the program is not to be kept for a later build.
module: $(SYSROOT)
	rm -f $(LINKED)
	swift build -c release --product pam_session_keyring --scratch-path $(SCRATCH) $(MACHINE) \
	  --manifest-cache none --toolset module.toolset.json \
	  --omit-frame-pointers --disable-local-rpath \
	  -Xlinker Sources/SessionKeyringModule/Linking/$(ARCH).ld \
	  -Xswiftc -file-prefix-map -Xswiftc $(CURDIR)=. $(CLANG_FLAGS) $(SWIFT_FLAGS)
	install -d $(dir $(MODULE))
	$(GNU)-objcopy --remove-section=.comment $(STRIP_FLAGS) $(LINKED) $(MODULE)
	chmod 644 $(MODULE)

# The tests look at this object too, wherever they run.
module-arm64:
	$(MAKE) module ARCH=arm64

# What the kernel runs for `session-keyring ps`, for any machine of this byte order. clang writes the types
# that it needs only beside what debuggers need, which is in the way from then on.
CENSUS := build/census.bpf.o
$(CENSUS): Sources/CCensus/census.bpf.c Sources/CCensus/include/CCensus.h
	install -d build
	clang -target bpf -std=c17 -ffreestanding -g -O2 -Wall -Werror -idirafter /usr/include/$(GNU) \
	  -fdebug-compilation-dir=. -c $< -o $@
	! command -v llvm-strip >/dev/null || llvm-strip --strip-debug $@

# The command-line tool, ordinary Swift, with the standard library in it.
tool: vendor $(CENSUS)
	rm -f .build/release/session-keyring
	swift build -c release --product session-keyring --static-swift-stdlib --disable-local-rpath \
	  -Xswiftc -Xfrontend -Xswiftc -no-clang-module-breadcrumbs -Xswiftc -use-ld=lld \
	  -Xlinker Sources/SessionKeyringTool/Linking/tool.ld \
	  $(foreach word,-z relro -z now,-Xlinker $(word)) \
	  -Xswiftc -file-prefix-map -Xswiftc $(CURDIR)=. $(CLANG_FLAGS) $(SWIFT_FLAGS)
	install -d build
	objcopy $(STRIP_FLAGS) .build/release/session-keyring $(TOOL)

# The program writes them itself, and for bash as if they were run.
completions: tool
	install -d build/completions
	for shell in bash zsh fish; do \
	  build/session-keyring --generate-completion-script $$shell >build/completions/$$shell || exit; \
	done
	sed -i '1{/^#!/d}' build/completions/bash

# A page with tables says so in its first line, man(1).
man:
	install -d build
	for page in pam_session_keyring.8 session-keyring.1; do \
	  scdoc <man/$$page.scd >build/$$page || exit; \
	  ! grep -q '^[.]TS' build/$$page || sed -i "1i '\\\\\" t" build/$$page; \
	done

INSTALLED := /usr/lib/$(GNU)/security
SHARE := $(DESTDIR)/usr/share
install: build man completions
	install -D -m 644 $(MODULE) $(DESTDIR)$(INSTALLED)/pam_session_keyring.so
	install -D -m 644 -t $(SHARE)/man/man8 build/pam_session_keyring.8
	install -D $(TOOL) $(DESTDIR)/usr/bin/session-keyring
	install -D -m 644 -t $(SHARE)/man/man1 build/session-keyring.1
	install -D -m 644 build/completions/bash $(SHARE)/bash-completion/completions/session-keyring
	install -D -m 644 build/completions/zsh $(SHARE)/zsh/vendor-completions/_session-keyring
	install -D -m 644 build/completions/fish $(SHARE)/fish/vendor_completions.d/session-keyring.fish

# A copy in COPY to build in without a network.
source-copy: vendor
	install -d $(COPY)
	tar --exclude=./build --exclude='./.build*' --exclude=.git -c . | tar -xC $(COPY)

# What is released as source, of the commit that is checked out.
VERSION = $(shell sed -n 's/.*text = "\(.*\)"/\1/p' Sources/SessionKeyringTool/Version.swift)
dist: deps vendor
	rm -rf build/dist
	install -d build/dist
	./dist.sh build/dist $(VERSION)

# dpkg-buildpackage leaves what it makes beside the source.
deb: deps
	rm -rf build/deb
	$(MAKE) source-copy COPY=build/deb/source
	cd build/deb/source && dpkg-buildpackage -us -uc -b $(PROFILES)
	rm -rf build/deb/source

demo: deps
	@install -d build
	@$(MAKE) module >build/module.log 2>&1 || { cat build/module.log; exit 1; }
	@Tests/System/demo.sh $(MODULE)

# Debian's Swift has no _Testing_Foundation, which files that import both would be linked with.
TEST_FLAGS := -Xswiftc -Xfrontend -Xswiftc -disable-cross-import-overlays

# libpams that this machine does not have, which the audit is held against.
libpams: deps
	Tests/System/libpam.sh build/libpam

test: deps build module-arm64 libpams
	swift test $(TEST_FLAGS) --skip LongTests

# What asks for no privileges, such as Debian's builds may have.
test-unprivileged: build
	swift build $(TEST_FLAGS) --build-tests --quiet
	swift test $(TEST_FLAGS) --skip-build --skip SystemTests --skip LongTests
	swift test $(TEST_FLAGS) --skip-build --filter UnprivilegedTests

# What takes minutes, for pam_keyinit too. It writes its tables to build/, its figures to docs/ as well.
test-long: deps build fuzz libpams
	for product in pam_session_keyring pam-driver; do \
	  swift build --sanitize=thread --scratch-path .build-tsan --product $$product \
	    -Xlinker --export-dynamic || exit; \
	done
	rm -f build/figures.tsv
	swift test $(TEST_FLAGS) --filter LongTests
	Tests/figures.sh

# What a login pays, beside pam_keyinit: docs/performance.md and its plot are made anew.
bench: deps module
	Tests/Benchmarks/bench.sh

# `make demo` and `make test` in a new chroot of a release that has nothing but Swift.
RELEASE := trixie
test-home:
	Tests/System/home.sh $(RELEASE)

# The package, in the hands of Debian's own tools.
test-deb: dist
	Tests/System/package.sh

# The package, behind the programs that people log in through.
RELEASES := bookworm trixie
test-clients:
	DEB_BUILD_OPTIONS=nocheck $(MAKE) deb
	for release in $(RELEASES); do \
	  Tests/System/clients.sh $$release build/deb/*session-keyring_*.deb || exit; \
	done

# The package, beside others that have a part in who can log in.
test-profiles:
	DEB_BUILD_OPTIONS=nocheck $(MAKE) deb
	Tests/System/profiles.sh build/deb/libpam-session-keyring_*.deb

# The package on machines that boot Debian, under qemu. SUITES=all: on older and newer ones too. DESKTOP=1:
# with display managers and lockers.
SUITES :=
DESKTOP :=
test-machines:
	DEB_BUILD_OPTIONS=nocheck $(MAKE) deb
	SUITES=$(SUITES) DESKTOP=$(DESKTOP) Tests/System/machines.sh build/deb/*session-keyring_*.deb

# apt installs the packages on such machines, in the place of those in OLD too, and while a chroot of Debian 12
# becomes one of 13 with users logged in.
OLD := build/old
test-installed:
	DEB_BUILD_OPTIONS=nocheck $(MAKE) deb
	Tests/System/installed.sh $(OLD) build/deb/*session-keyring_*.deb
	Tests/System/release-upgrade.sh build/deb/*session-keyring_*.deb

# The package on two such machines, rolled out by Debian's ansible.
test-fleet:
	DEB_BUILD_OPTIONS=nocheck $(MAKE) deb
	FLEET=1 Tests/System/machines.sh build/deb/*session-keyring_*.deb

# The package built in Debian's unstable, with the Swift there.
test-sid: dist
	Tests/System/sid.sh

# For so many seconds; what it finds worth keeping is in .build-fuzz.
FUZZ_SECONDS := 60
fuzz: deps
	Tests/Fuzz/fuzz.sh $(FUZZ_SECONDS)

coverage: deps build
	Tests/coverage.sh

lint: deps
	swift format lint --strict --recursive Package.swift Sources Tests
	shellcheck --external-sources $(SCRIPTS)
	Tests/words.sh

# The library stays: Debian's builds begin with this, and have no network.
clean:
	rm -rf .build .build-* build
