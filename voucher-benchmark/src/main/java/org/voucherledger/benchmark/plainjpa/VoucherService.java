package org.voucherledger.benchmark.plainjpa;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Applies, grants, orders and pays: each request one transaction, done once under its key. Answers are JSON. */
@Service
public class VoucherService {

    static final int YEAR = 2020;

    private final JsonMapper json = JsonMapper.shared();
    private final Batches batches;
    private final Enterprises enterprises;
    private final EnterpriseQuotas quotas;
    private final Applications applications;
    private final Vouchers vouchers;
    private final Providers providers;
    private final UsedKeys used;
    private final AuditTrail audit;

    VoucherService(
            Batches batches,
            Enterprises enterprises,
            EnterpriseQuotas quotas,
            Applications applications,
            Vouchers vouchers,
            Providers providers,
            UsedKeys used,
            AuditTrail audit) {
        this.batches = batches;
        this.enterprises = enterprises;
        this.quotas = quotas;
        this.applications = applications;
        this.vouchers = vouchers;
        this.providers = providers;
        this.used = used;
        this.audit = audit;
    }

    /** What is asked for; amounts in fen. */
    public record Apply(String enterpriseId, long amountFen, List<Long> partsFen) {}

    public record Grant(int atMost) {}

    public record Order(String providerId, long amountFen) {}

    public record Pay(long amountFen, List<String> invoices, List<String> transfers) {}

    private record Applied(String applicationId, long position) {}

    private record Granted(List<String> voucherIds, boolean more) {}

    private record Done(String voucherId) {}

    @Transactional
    public String apply(Caller caller, String batchId, Apply apply) {
        return once(caller, "apply", batchId, apply, () -> {
            enterprises.findById(apply.enterpriseId()).orElseThrow().mustBeGood(YEAR);
            EnterpriseQuota quota = quotas.lock(apply.enterpriseId()).orElseThrow();
            Refusal.unless(
                    !applications.existsByBatchIdAndEnterpriseId(batchId, apply.enterpriseId()), "AlreadyApplied");
            Refusal.unless(
                    apply.partsFen().stream().mapToLong(Long::longValue).sum() == apply.amountFen(), "PartsDoNotSumUp");
            quota.pends(apply.amountFen());
            // Last of all: whoever has it keeps everybody else waiting until its commit.
            Instant now = Instant.now();
            long position = batches.lock(batchId).orElseThrow().receives(apply.amountFen(), now);
            var application = new Application(
                    batchId,
                    apply.enterpriseId(),
                    position,
                    apply.amountFen(),
                    apply.partsFen().size(),
                    now);
            applications.save(application);
            return new Applied(application.name(), position);
        });
    }

    /** The next applications in the order of receipt, as far as the budget reaches. */
    @Transactional
    public String grant(Caller caller, String batchId, Grant grant) {
        return once(caller, "grant", batchId, grant, () -> {
            Batch batch = batches.lock(batchId).orElseThrow();
            List<Application> next = applications.next(batchId, Limit.of(grant.atMost()));
            Map<String, EnterpriseQuota> theirs =
                    quotas.lock(next.stream().map(Application::enterpriseId).toList()).stream()
                            .collect(Collectors.toMap(EnterpriseQuota::enterpriseId, Function.identity()));
            List<String> issued = new ArrayList<>();
            for (Application application : next) {
                if (!batch.hasLeft(application.amountFen())) {
                    return new Granted(issued, false);
                }
                batch.grants(application.amountFen());
                theirs.get(application.enterpriseId()).charges(application.amountFen());
                application.isGranted();
                issued.addAll(issue(batchId, application));
            }
            return new Granted(issued, next.size() == grant.atMost());
        });
    }

    private List<String> issue(String batchId, Application application) {
        List<String> ids = new ArrayList<>();
        for (int part = 1; part <= application.parts(); part++) {
            String id = application.name() + "-V" + part;
            long faceFen = application.amountFen() / application.parts();
            vouchers.save(new Voucher(id, batchId, application.enterpriseId(), faceFen));
            ids.add(id);
        }
        return ids;
    }

    @Transactional
    public String order(Caller caller, String voucherId, Order order) {
        return once(caller, "order", voucherId, order, () -> {
            Voucher voucher = vouchers.lock(voucherId).orElseThrow();
            Refusal.unless(voucher.enterpriseId().equals(caller.onBehalfOf()), "NotTheParty");
            enterprises.findById(voucher.enterpriseId()).orElseThrow().mustBeGood(YEAR);
            voucher.isOrdered(order.providerId(), order.amountFen());
            providers.lock(order.providerId()).orElseThrow().reserves(order.amountFen());
            return new Done(voucherId);
        });
    }

    @Transactional
    public String pay(Caller caller, String voucherId, Pay pay) {
        return once(caller, "pay", voucherId, pay, () -> {
            Voucher voucher = vouchers.lock(voucherId).orElseThrow();
            Refusal.unless(voucher.enterpriseId().equals(caller.onBehalfOf()), "NotTheParty");
            voucher.isPaid(pay.amountFen());
            pay.invoices().forEach(invoice -> used.save(new UsedOnce("invoice:" + invoice, voucherId)));
            pay.transfers().forEach(transfer -> used.save(new UsedOnce("transfer:" + transfer, voucherId)));
            providers.lock(voucher.providerId()).orElseThrow().takes(voucher.orderedFen(), pay.amountFen());
            return new Done(voucherId);
        });
    }

    /** The same answer again for the same key; otherwise does it and writes down that it was done, and to what answer. */
    private String once(Caller caller, String action, String subject, Object request, Supplier<Object> work) {
        var earlier = audit.findByActorAndRequestKey(caller.actor(), caller.requestKey());
        if (earlier.isPresent()) {
            return earlier.get().answer();
        }
        Object result = work.get();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("request", request);
        details.put("result", result);
        String answer = json.writeValueAsString(result);
        audit.save(new AuditEntry(caller, action, subject, Instant.now(), json.writeValueAsString(details), answer));
        return answer;
    }
}
