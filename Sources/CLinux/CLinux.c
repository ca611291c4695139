// SPDX-License-Identifier: BSD-3-Clause
//
// SwiftPM wants a source file in a C target; compiling the header by itself keeps it self-contained.

#include "CLinux.h"
