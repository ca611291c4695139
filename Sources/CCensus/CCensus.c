// SPDX-License-Identifier: BSD-3-Clause
//
// The program for the kernel lies in the one that loads it: root takes it from no path where another could
// have put one.

#include "CCensus.h"

#if !__has_include("../../build/census.bpf.o")
#error "run `make build/census.bpf.o` first"
#endif

#pragma clang diagnostic ignored "-Wc23-extensions"
_Alignas(8) static const unsigned char program[] = {
#embed "../../build/census.bpf.o"
};

const void *census_program(void) { return program; }
size_t census_program_size(void) { return sizeof program; }
