package org.voucherledger.projections.history;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * One member of a state that is not what it was.
 *
 * @param member its path, as {@code balances.heldFen} or {@code versions[1].fund}
 * @param before {@code null} where it was not there, or was nothing
 * @param after {@code null} where it is no longer there, or is nothing
 */
public record Change(String member, JsonNode before, JsonNode after) {

    /** Every difference between two states of one kind, in the order of the later one's members; none where they are alike. */
    static List<Change> between(JsonNode before, JsonNode after) {
        var changes = new ArrayList<Change>();
        compare("", before, after, changes);
        return changes;
    }

    private static void compare(String path, JsonNode before, JsonNode after, List<Change> changes) {
        if (before.equals(after) || isNothing(before) && isNothing(after)) {
            return;
        }
        int found = changes.size();
        if (isObjectOrNothing(before) && isObjectOrNothing(after)) {
            var names = new LinkedHashSet<>(after.propertyNames());
            names.addAll(before.propertyNames());
            names.forEach(name ->
                    compare(path.isEmpty() ? name : path + "." + name, before.path(name), after.path(name), changes));
        } else if (isArrayOrNothing(before) && isArrayOrNothing(after)) {
            IntStream.range(0, Math.max(before.size(), after.size()))
                    .forEach(i -> compare(path + "[" + i + "]", before.path(i), after.path(i), changes));
        }
        // Where no member tells the difference, as between nothing and an empty list, the whole does.
        if (changes.size() == found) {
            changes.add(new Change(path, orNull(before), orNull(after)));
        }
    }

    private static boolean isObjectOrNothing(JsonNode node) {
        return node.isObject() || isNothing(node);
    }

    private static boolean isArrayOrNothing(JsonNode node) {
        return node.isArray() || isNothing(node);
    }

    private static boolean isNothing(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static JsonNode orNull(JsonNode node) {
        return isNothing(node) ? null : node;
    }
}
