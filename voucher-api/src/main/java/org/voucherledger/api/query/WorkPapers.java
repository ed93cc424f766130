package org.voucherledger.api.query;

import java.util.List;
import org.voucherledger.projections.audit.AuditFindingRow;
import org.voucherledger.projections.audit.DrawRow;
import org.voucherledger.projections.audit.DrawnRow;

/** All of one draw: what was announced, what was drawn, what was found. */
record WorkPapers(DrawRow draw, List<DrawnRow> items, List<AuditFindingRow> findings) {}
