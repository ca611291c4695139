#!/usr/bin/python3
# SPDX-License-Identifier: BSD-3-Clause
#
# console.py SOCKET USER PASSWORD COMMAND: logs in on the machine's serial console, prints what the command
# printed, and logs out.

import socket
import sys

from pexpect import fdpexpect

path, user, password, command = sys.argv[1:]
line = socket.socket(socket.AF_UNIX)
line.connect(path)
console = fdpexpect.fdspawn(line, timeout=60, encoding="utf-8", codec_errors="replace")
console.send("\r")
console.expect("login: ")
console.send(user + "\r")
console.expect("Password: ")
console.send(password + "\r")
console.expect(r"\$ ")
# The quotes keep the marks out of the echo.
console.send(f"echo 'BE''GIN'; {command}; echo 'E''ND'\r")
console.expect("BEGIN\r+\n")
console.expect("END\r+\n")
print(console.before.replace("\r", "").strip())
console.send("exit\r")
console.expect("login: ")
