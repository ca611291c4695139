// SPDX-License-Identifier: BSD-3-Clause
//
// What the measured program needs of libpam, and nothing of libkeyutils: whether a process has that
// loaded already is one of the things that are measured.

#pragma once

#include <dlfcn.h>
#include <pthread.h>
#include <pwd.h>
#include <security/pam_appl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
