package org.voucherledger.violating.http;

import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.web.bind.annotation.RestController;

/** Breaks "endpoints stop at the pipeline". */
@RestController
record WritesEvents(EventStore events) {}
