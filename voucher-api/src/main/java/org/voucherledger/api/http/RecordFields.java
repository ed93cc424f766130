package org.voucherledger.api.http;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;

/** The fields of a record in their order. */
final class RecordFields {

    private RecordFields() {}

    static List<String> names(Class<?> type) {
        return Stream.of(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }
}
