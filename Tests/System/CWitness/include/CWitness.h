// SPDX-License-Identifier: BSD-3-Clause
//
// A PAM module for the tests; libpam finds what it needs in it by name.
