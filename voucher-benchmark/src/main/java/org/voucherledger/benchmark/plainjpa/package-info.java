/**
 * What is built in most places for the same purpose, to be measured beside the ledger: a Spring Data JPA service over tables
 * that hold the present, with pessimistic locks and a table of what was done. It applies, grants, orders and pays.
 *
 * <p>It is meant to be a good one of its kind: it locks no more than it must and the busiest row last, writes in batches, draws
 * its numbers in blocks, has the indexes that its queries need, does one transaction a request, and does a request once under
 * its key. It asks for no token and keeps no evidence of its decisions, which makes it faster than it could be in service.
 */
package org.voucherledger.benchmark.plainjpa;
