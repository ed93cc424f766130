package org.voucherledger.api.pipeline;

/** Under which a command is done once: the client's key, unique for each actor. */
record AnswerKey(String actor, String idempotencyKey) {}
