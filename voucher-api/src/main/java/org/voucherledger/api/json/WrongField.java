package org.voucherledger.api.json;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.voucherledger.domain.command.Malformed;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Which field Jackson stumbled over, and what it must be, in the words of whoever wrote it. */
public final class WrongField {

    private WrongField() {}

    static Malformed in(JacksonException wrong) {
        String path = path(wrong.getPath());
        for (Throwable cause = wrong; cause != null; cause = cause.getCause()) {
            if (cause instanceof Malformed malformed) {
                return path.isEmpty()
                        ? malformed
                        : new Malformed(path + "." + lastOf(malformed.field()), malformed.getMessage());
            }
        }
        return new Malformed(path.isEmpty() ? "body" : path, mustBe(wrong));
    }

    private static String mustBe(JacksonException wrong) {
        if (wrong instanceof UnrecognizedPropertyException unknown) {
            return "unknown field; known are "
                    + unknown.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .sorted()
                            .collect(Collectors.joining(", "));
        }
        if (wrong instanceof InputCoercionException range) {
            return mustBe(range.getTargetType());
        }
        if (wrong instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return mustBe(mismatch.getTargetType());
        }
        return wrong.getOriginalMessage();
    }

    /** In the words of whoever writes JSON, not of whoever reads it with Java. */
    public static String mustBe(Class<?> type) {
        if (type == long.class || type == int.class || type == Long.class || type == Integer.class) {
            return "must be given as a whole number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "must be given as true or false";
        }
        if (type.isEnum()) {
            return "must be one of " + List.of(type.getEnumConstants());
        }
        if (type == Instant.class || type == OffsetDateTime.class) {
            return "must be an instant with its offset, e.g. 2020-04-01T09:00:00+08:00";
        }
        if (type == LocalDate.class) {
            return "must be a date, e.g. 2020-04-01";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "must be a list";
        }
        if (Map.class.isAssignableFrom(type)) {
            return "must be an object";
        }
        return type == String.class ? "must be a text" : "must be an object";
    }

    private static String path(List<JacksonException.Reference> references) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference reference : references) {
            if (reference.getPropertyName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
            }
        }
        return path.toString();
    }

    private static String lastOf(String field) {
        return field.substring(field.lastIndexOf('.') + 1);
    }
}
