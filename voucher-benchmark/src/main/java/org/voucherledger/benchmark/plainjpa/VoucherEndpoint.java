package org.voucherledger.benchmark.plainjpa;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The service over HTTP, at the addresses that the ledger has. */
@RestController
class VoucherEndpoint {

    private final VoucherService service;

    VoucherEndpoint(VoucherService service) {
        this.service = service;
    }

    @PostMapping(path = "/api/v1/batches/{batchId}/applications", produces = MediaType.APPLICATION_JSON_VALUE)
    String apply(
            @RequestHeader("On-Behalf-Of") String party,
            @RequestHeader("Idempotency-Key") String key,
            @PathVariable String batchId,
            @RequestBody VoucherService.Apply apply) {
        return service.apply(new Caller("handler-of-" + party, party, key), batchId, apply);
    }

    @PostMapping(path = "/api/v1/batches/{batchId}/grant", produces = MediaType.APPLICATION_JSON_VALUE)
    String grant(
            @RequestHeader("Idempotency-Key") String key,
            @PathVariable String batchId,
            @RequestBody VoucherService.Grant grant) {
        return service.grant(new Caller("operator-1", "", key), batchId, grant);
    }

    @PostMapping(path = "/api/v1/vouchers/{voucherId}/order", produces = MediaType.APPLICATION_JSON_VALUE)
    String order(
            @RequestHeader("On-Behalf-Of") String party,
            @RequestHeader("Idempotency-Key") String key,
            @PathVariable String voucherId,
            @RequestBody VoucherService.Order order) {
        return service.order(new Caller("handler-of-" + party, party, key), voucherId, order);
    }

    @PostMapping(path = "/api/v1/vouchers/{voucherId}/payment", produces = MediaType.APPLICATION_JSON_VALUE)
    String pay(
            @RequestHeader("On-Behalf-Of") String party,
            @RequestHeader("Idempotency-Key") String key,
            @PathVariable String voucherId,
            @RequestBody VoucherService.Pay pay) {
        return service.pay(new Caller("handler-of-" + party, party, key), voucherId, pay);
    }

    @ExceptionHandler
    ResponseEntity<String> refused(Refusal refusal) {
        return ResponseEntity.status(HttpStatus.CONFLICT).body(refusal.getMessage());
    }
}
