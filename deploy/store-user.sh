#!/bin/sh
# Makes the user that the nodes have in the store, and the rule of what it may do (docs/cluster.md). Run again it changes nothing.
# Takes STORE, ADMIN_PASSWORD and NODE_PASSWORD from the environment, and has no password on a command line, where others would see it.
set -eu
umask 077

host=${STORE#https://}
echo "machine ${host%:*} login admin password $ADMIN_PASSWORD" > /tmp/netrc

# Just started, the store does not know its own users yet.
post() { curl --silent --show-error --fail-with-body --retry 10 --retry-delay 1 --retry-all-errors --cacert /certs/ca/ca.crt --netrc-file /tmp/netrc --header 'content-type: application/json' --data @- "$@"; }

post "$STORE/users" <<END
{ "loginName": "gatebook", "fullName": "Gatebook", "groups": ["gatebook"], "password": "$NODE_PASSWORD" }
END

# The id is what makes the second time the same event.
post "$STORE/streams/%24settings" --header 'ES-EventType: $settings' --header 'ES-ExpectedVersion: -1' \
  --header 'ES-EventId: 6e1c3a5c-6f0e-4b52-9d0a-2f5f0c2a9b41' <<'END'
{
  "$userStreamAcl": { "$r": "gatebook", "$w": "gatebook", "$d": "gatebook", "$mr": "gatebook", "$mw": "gatebook" },
  "$systemStreamAcl": { "$r": ["gatebook", "$admins"], "$w": "$admins", "$d": "$admins", "$mr": "$admins", "$mw": "$admins" }
}
END
