package com.openagents.runbook.evidence;

/**
 * A text that gives a secret away.
 *
 * @param before whether the character before it holds bits of the secret too, as in base64
 * @param after likewise the character after it
 */
record SecretForm(String text, boolean before, boolean after) {}
