.PHONY: build
build:
	swift build -c release --product pam_session_keyring --toolset module.toolset.json --disable-local-rpath --omit-frame-pointers
