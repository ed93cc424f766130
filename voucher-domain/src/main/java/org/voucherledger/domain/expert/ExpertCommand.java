package org.voucherledger.domain.expert;

import static org.voucherledger.domain.command.Role.OPERATOR;

import java.util.Set;
import org.voucherledger.domain.command.AllowedTo;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Field;
import org.voucherledger.domain.party.OpaqueRef;
import org.voucherledger.domain.party.ServiceType;

/**
 * What can be done to the register of experts (SV-01). {@code expertRef} is the opaque account reference under which the
 * expert reviews; the person is never in the ledger (ALL-05).
 */
public sealed interface ExpertCommand extends Command {

    String expertRef();

    /** Enters an expert, with the fields in which they may judge and the city they are of. */
    @AllowedTo(OPERATOR)
    record RegisterExpert(String expertRef, Set<ServiceType> fields, String city) implements ExpertCommand {
        public RegisterExpert {
            OpaqueRef.check("expertRef", expertRef);
            fields = Set.copyOf(Field.list("fields", fields, 5));
            city = Field.text("city", city);
        }
    }

    /** Lets the expert review nothing for the time being. */
    @AllowedTo(OPERATOR)
    record SuspendExpert(String expertRef, String reason) implements ExpertCommand {
        public SuspendExpert {
            Field.id("expertRef", expertRef);
            reason = Field.text("reason", reason);
        }
    }

    /** Ends a suspension. */
    @AllowedTo(OPERATOR)
    record ReinstateExpert(String expertRef, String reason) implements ExpertCommand {
        public ReinstateExpert {
            Field.id("expertRef", expertRef);
            reason = Field.text("reason", reason);
        }
    }

    /** Takes the expert out of the register; what was reviewed stands. */
    @AllowedTo(OPERATOR)
    record RemoveExpert(String expertRef, String reason) implements ExpertCommand {
        public RemoveExpert {
            Field.id("expertRef", expertRef);
            reason = Field.text("reason", reason);
        }
    }
}
