package org.voucherledger.domain.party;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The documents that a message names, anywhere in it: a command written tomorrow is asked about its documents like the others. */
public final class DocumentsOf {

    /** The components of a record through which a document can be reached. */
    private static final ClassValue<List<RecordComponent>> LEADING = new ClassValue<>() {
        @Override
        protected List<RecordComponent> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .filter(component -> leadsToDocuments(component.getGenericType(), new HashSet<>()))
                    .toList();
        }
    };

    private DocumentsOf() {}

    public static List<Document> named(Object message) {
        var documents = new ArrayList<Document>();
        collect(message, documents);
        return documents;
    }

    /** Whether records of this type name documents at all. */
    public static boolean canBeNamedBy(Class<?> type) {
        return !LEADING.get(type).isEmpty();
    }

    private static void collect(Object value, List<Document> documents) {
        switch (value) {
            case Document document -> documents.add(document);
            case Collection<?> all -> all.forEach(each -> collect(each, documents));
            case Record named ->
                LEADING.get(named.getClass()).forEach(component -> collect(read(component, named), documents));
            case null -> {}
            default -> {}
        }
    }

    private static boolean leadsToDocuments(Type type, Set<Type> seen) {
        return switch (type) {
            case ParameterizedType generic ->
                Stream.of(generic.getActualTypeArguments()).anyMatch(argument -> leadsToDocuments(argument, seen));
            case Class<?> plain ->
                plain == Document.class
                        || plain.isRecord()
                                && seen.add(plain)
                                && Stream.of(plain.getRecordComponents())
                                        .anyMatch(component -> leadsToDocuments(component.getGenericType(), seen));
            default -> false;
        };
    }

    private static Object read(RecordComponent component, Record named) {
        try {
            return component.getAccessor().invoke(named);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + component + " of " + named, e);
        }
    }
}
