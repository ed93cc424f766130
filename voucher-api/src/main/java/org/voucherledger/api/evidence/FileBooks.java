package org.voucherledger.api.evidence;

import java.util.Optional;
import org.axonframework.serialization.SimpleSerializedObject;
import org.voucherledger.api.eventstore.EventNames;
import org.voucherledger.api.eventstore.EventSerializer;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.projections.books.PrefixCheck;
import org.voucherledger.projections.books.Recount;
import org.voucherledger.projections.evidence.BooksOfAFile;
import org.voucherledger.projections.sealedlog.EventLeaf;
import tools.jackson.databind.json.JsonMapper;

/** The books of a file (ALL-03): its events are read as the ledger itself reads them, by their logical names. */
public final class FileBooks implements BooksOfAFile {

    private final JsonMapper json = JsonMapper.shared();
    private final EventSerializer serializer = EventSerializer.of(EventNames.of(Ledger.AGGREGATES));
    private final PrefixCheck books;

    /** @param recounts told of every posting */
    public FileBooks(Recount... recounts) {
        this.books = new PrefixCheck(recounts);
    }

    @Override
    public Optional<String> after(EventLeaf leaf) {
        try {
            DomainEvent event = serializer.deserialize(
                    new SimpleSerializedObject<>(leaf.payload(), byte[].class, leaf.type(), leaf.revision()));
            if (!event.streamId().equals(leaf.stream())) {
                return Optional.of("the event is about " + event.streamId() + " and stands in another stream");
            }
            String command =
                    json.readTree(leaf.metadata()).path(Stamp.COMMAND_ID).asString("");
            books.add(leaf.position(), command, event);
            return violation();
        } catch (RuntimeException impossible) {
            // Whoever has the key can seal anything. What no code of the domain can have recorded is a finding about
            // the
            // file, not a fault of this program, and it ends this check.
            return Optional.of("no history can go on with this event: " + impossible);
        }
    }

    @Override
    public Optional<String> atTheEnd() {
        books.ends();
        return violation();
    }

    private Optional<String> violation() {
        return books.violation().map(first -> "position " + first.position() + ", " + first.sentence());
    }
}
