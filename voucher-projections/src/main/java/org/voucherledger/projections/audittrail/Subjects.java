package org.voucherledger.projections.audittrail;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voucherledger.domain.aggregate.DomainEvent;

/**
 * What an event concerns by what it names: a component {@code voucherId} or {@code voucherIds}, and so on. Read from the
 * record, so that an event written tomorrow stands in the trail of what it names without anybody thinking of it.
 */
final class Subjects {

    private static final Map<String, SubjectKind> KINDS = Map.of(
            "voucherId", SubjectKind.VOUCHER,
            "voucherIds", SubjectKind.VOUCHER,
            "batchId", SubjectKind.BATCH,
            "enterpriseId", SubjectKind.ENTERPRISE,
            "holderRef", SubjectKind.HOLDER,
            "providerId", SubjectKind.PROVIDER,
            "claimId", SubjectKind.CLAIM,
            "schemeId", SubjectKind.SCHEME,
            "findingId", SubjectKind.FINDING,
            "groundId", SubjectKind.FINDING);

    private static final ClassValue<List<RecordComponent>> NAMING = new ClassValue<>() {
        @Override
        protected List<RecordComponent> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .filter(component -> KINDS.containsKey(component.getName()))
                    .toList();
        }
    };

    private Subjects() {}

    static Set<Subject> of(DomainEvent event) {
        var subjects = new LinkedHashSet<Subject>();
        for (RecordComponent component : NAMING.get(event.getClass())) {
            SubjectKind kind = KINDS.get(component.getName());
            ids(component, event).forEach(id -> subjects.add(new Subject(kind, id)));
        }
        return subjects;
    }

    private static List<String> ids(RecordComponent component, DomainEvent event) {
        try {
            Object value = component.getAccessor().invoke(event);
            var ids = new ArrayList<String>();
            if (value instanceof List<?> list) {
                list.forEach(id -> ids.add((String) id));
            } else if (value != null) {
                ids.add((String) value);
            }
            return ids;
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + component + " of " + event, e);
        }
    }
}
