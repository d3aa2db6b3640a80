#!/bin/sh
set -e
if ! getent passwd yunling-kiosk >/dev/null; then
  useradd --system --home-dir /var/lib/yunling-kiosk --no-create-home --shell /usr/sbin/nologin yunling-kiosk
fi
install -d -m 0700 -o yunling-kiosk -g yunling-kiosk /var/lib/yunling-kiosk
# Chromium's own sandbox helper, for systems without user namespaces.
if [ -f /opt/yunling-kiosk/chrome-sandbox ]; then
  chown root:root /opt/yunling-kiosk/chrome-sandbox
  chmod 4755 /opt/yunling-kiosk/chrome-sandbox
fi
install -m 0644 /opt/yunling-kiosk/resources/yunling-kiosk.service /lib/systemd/system/yunling-kiosk.service
if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
exit 0
