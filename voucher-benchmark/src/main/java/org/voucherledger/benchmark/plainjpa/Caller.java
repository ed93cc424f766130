package org.voucherledger.benchmark.plainjpa;

/** Who asks, for whom, and under which key the request is done once. */
public record Caller(String actor, String onBehalfOf, String requestKey) {}
