package org.voucherledger.projections.evidence;

import static java.util.Map.entry;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.projections.sealedlog.EventLeaf;

/**
 * Is everything there that the events of a part of the ledger name? A batch's file without one of its vouchers would otherwise
 * hold, because what is left out of a file leaves no trace in its hashes.
 *
 * <p>One command's events often stand in several streams. So an event shows not only that the streams which it names are
 * there, but for the types in {@link #SAME_COMMAND} also that they have got as far as this command. All of this is asked where a
 * command ends, and needs no memory beyond it.
 *
 * <p>A claim's file has the claim, the vouchers that it names, and the scheme. So only what the claim itself names must be there,
 * and what names the claim must be told by it: its vouchers may have stood in another claim before.
 */
final class Completeness {

    /** By an event's type the kinds of stream that it names and that have an event of the same command, always. */
    private static final Map<String, Set<String>> SAME_COMMAND = Map.ofEntries(
            entry("ApplicationGranted", Set.of("voucher")),
            entry("CityQuotaReserved", Set.of("voucher", "queue")),
            entry("CityQuotaReleased", Set.of("voucher", "queue")),
            entry("MoneyTaken", Set.of("voucher")),
            entry("MoneyCameBack", Set.of("voucher")),
            entry("ApplicationReserved", Set.of("voucher", "batch")),
            entry("ApplicationApproved", Set.of("voucher")),
            entry("ApplicationRejected", Set.of("voucher", "batch")),
            entry("ApplicationRecalled", Set.of("voucher", "batch")),
            entry("VoucherIssued", Set.of("batch")),
            entry("VoucherTaken", Set.of("batch")),
            entry("VoucherReserved", Set.of("batch", "queue")),
            entry("ReservationReleased", Set.of("batch", "queue")),
            entry("VoucherClaimed", Set.of("claim", "settlement")),
            entry("ItemClaimed", Set.of("claim")),
            entry("ItemSettled", Set.of("claim")),
            entry("SettlementBounced", Set.of("claim")),
            entry("ClaimNumbered", Set.of("voucher", "claim")),
            entry("PaymentMade", Set.of("voucher", "claim")),
            entry("ClaimSubmitted", Set.of("voucher")),
            entry("ClaimPublished", Set.of("voucher")),
            entry("ItemsSettled", Set.of("voucher")),
            entry("ItemBounced", Set.of("voucher")));

    /** By a member's name the kind of stream whose id it is. */
    private static final Map<String, String> IDS =
            Map.of("schemeId", "scheme", "voucherId", "voucher", "voucherIds", "voucher", "claimId", "claim");

    private final Scope scope;
    private final Succession succession;
    private final Succession.Fails fails;
    private final Known queued = new Known();

    private String command;
    /** The streams with an event of the present command. */
    private final Set<String> heard = new HashSet<>();

    private final Map<String, Place> streams = new LinkedHashMap<>();
    private final Map<String, Place> streamsOfTheCommand = new LinkedHashMap<>();
    private final Map<String, Place> applications = new LinkedHashMap<>();

    Completeness(Scope scope, Succession succession, Succession.Fails fails) {
        this.scope = scope;
        this.succession = succession;
        this.fails = fails;
    }

    /** The next event of the file, after {@link Succession} has heard of it. */
    void next(long line, EventLeaf event) {
        String causedBy = commandOf(event);
        if (!causedBy.equals(command)) {
            commandEnds();
            command = causedBy;
        }
        heard.add(event.stream());
        Place place = Succession.placeOf(line, event);
        Set<String> same = SAME_COMMAND.getOrDefault(event.type(), Set.of());
        if (scope.kind() == Scope.Kind.BATCH) {
            for (String kind : same) {
                if (!IDS.containsValue(kind)) {
                    streamsOfTheCommand.putIfAbsent(kind + ":" + scope.id(), place);
                }
            }
        }
        Named.read(event.payload(), (name, text, depth) -> {
            if (belongs(event, name, text)) {
                named(event, place, same, name, text);
            }
        });
    }

    /** Whether what stands in the event under this name must be in the file. */
    private boolean belongs(EventLeaf event, String name, String text) {
        if (scope.kind() == Scope.Kind.BATCH) {
            return true;
        }
        return switch (IDS.getOrDefault(name, "")) {
            case "scheme" -> true;
            case "voucher" -> scope.kind() == Scope.Kind.CLAIM && event.stream().equals(scope.stream());
            case "claim" -> scope.kind() == Scope.Kind.CLAIM && text.equals(scope.id());
            default -> false;
        };
    }

    private void named(EventLeaf event, Place place, Set<String> same, String name, String text) {
        String kind = IDS.get(name);
        if (kind != null) {
            (same.contains(kind) ? streamsOfTheCommand : streams).putIfAbsent(kind + ":" + text, place);
        }
        if (name.equals("applicationId")) {
            if (event.stream().equals("queue:" + scope.id())) {
                queued.put(text, 0);
            } else {
                applications.putIfAbsent(text, place);
            }
        }
    }

    private static String commandOf(EventLeaf event) {
        var command = new String[] {""};
        Named.read(event.metadata(), (name, text, depth) -> {
            if (depth == 1 && name.equals(Stamp.COMMAND_ID)) {
                command[0] = text;
            }
        });
        return command[0];
    }

    private void commandEnds() {
        streams.forEach((stream, place) -> {
            if (!succession.has(stream)) {
                missing(place, "事件提到的“" + stream + "”不在文件中", "it names " + stream + ", of which the file has no event");
            }
        });
        streamsOfTheCommand.forEach((stream, place) -> {
            if (!heard.contains(stream)) {
                missing(
                        place,
                        "“" + stream + "”没有同一命令的事件",
                        "of the command that recorded it " + stream + " has an event too, and it is not in the file");
            }
        });
        applications.forEach((application, place) -> {
            if (!queued.has(application)) {
                missing(
                        place,
                        "申请“" + application + "”不在文件的队列事件中",
                        "the application " + application + " is in no event of queue:" + scope.id() + " in the file");
            }
        });
        heard.clear();
        streams.clear();
        streamsOfTheCommand.clear();
        applications.clear();
    }

    private void missing(Place place, String zh, String en) {
        fails.because(Check.SCOPE, place, zh, en);
    }

    /** A bundle ends where a command ends. */
    void ends() {
        commandEnds();
    }
}
