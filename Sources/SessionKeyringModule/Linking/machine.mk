# SPDX-License-Identifier: BSD-3-Clause
#
# What the module is built for: `make module ARCH=arm64` is for arm64 on any machine, and leaves it in
# build/arm64.

HERE := $(shell dpkg --print-architecture)
ARCH := $(HERE)
CPU := $(subst arm64,aarch64,$(subst amd64,x86_64,$(ARCH)))
GNU := $(CPU)-linux-gnu

ifeq ($(ARCH),$(HERE))
MODULE := build/pam_session_keyring.so
SCRATCH := .build-module
LINKED := $(SCRATCH)/release/libpam_session_keyring.so
# Debian names its machine otherwise, for which there is no Embedded Swift.
MACHINE := --triple $(CPU)-unknown-linux-gnu
SYSROOT :=
else
MODULE := build/$(ARCH)/pam_session_keyring.so
SCRATCH := .build-$(ARCH)
LINKED := $(SCRATCH)/release/libpam_session_keyring.elf
SYSROOT := $(CURDIR)/.build-$(ARCH)-sysroot
# Swift has the Embedded library for the Linux that it runs on, and for every processor without a system,
# which is as good: C's types are Linux's, since clang and the linker are told of Linux.
MACHINE := --triple $(CPU)-none-none-elf --sdk $(SYSROOT) -Xcc --target=$(GNU) \
  $(foreach word,--target=$(GNU) --sysroot=$(SYSROOT),-Xswiftc -Xclang-linker -Xswiftc $(word))

$(SYSROOT):
	Sources/SessionKeyringModule/Linking/sysroot.sh $(ARCH) $@
endif

# Atomic operations as instructions, where clang would call libgcc; and RELRO to the end of a page of
# 64 KB, the largest that a kernel has.
ifeq ($(ARCH),arm64)
MACHINE += -Xcc -mno-outline-atomics -Xlinker -z -Xlinker common-page-size=65536
endif
