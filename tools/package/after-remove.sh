#!/bin/sh
# The data folder stays: it holds events that may not have been sent yet.
set -e
if [ "$1" = remove ] || [ "$1" = purge ]; then
  rm -f /lib/systemd/system/yunling-kiosk.service
  if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
fi
exit 0
