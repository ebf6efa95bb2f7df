package org.retailhub.erp.idempiere;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.retailhub.erp.api.ErpError;
import org.retailhub.erp.domain.AfterPosting;
import org.retailhub.erp.domain.Amends;
import org.retailhub.erp.domain.Booking;
import org.retailhub.erp.domain.Capability;
import org.retailhub.erp.domain.ErpAdapter;
import org.retailhub.erp.domain.ErpVerdict;
import org.retailhub.erp.domain.Pending;
import org.retailhub.erp.domain.Questions;
import org.retailhub.erp.domain.Resolution;
import org.retailhub.platform.kernel.ErrorKind;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.sql.Database;

/** iDempiere, ADempiere or Compiere by their order import. In XA with the hub; exactly once by {@code rh_posting}. */
public final class IdempiereAdapter implements ErpAdapter<ErpAdapter.Facts, List<DocumentRow>> {
    public static final String TARGET = "idempiere";

    private final Database erp;
    private final Consumer<Database> fitness;
    private final Mapping mapping;
    private final FactsQueries facts;
    private final VerdictQueries verdicts;
    private final Marks marks;
    private volatile @Nullable InterfaceTable<DocumentRow> table;

    /**
     * @param fitness refuses a database that cannot take part in XA
     * @throws RetailException {@link ErpError#WRONG_MAPPING}
     */
    public IdempiereAdapter(Database erp, Consumer<Database> fitness) {
        this.erp = erp;
        this.fitness = fitness;
        this.mapping = Mapping.load();
        this.facts = new FactsQueries(erp, mapping);
        this.verdicts = new VerdictQueries(erp, mapping);
        this.marks = new Marks(erp);
    }

    @Override
    public String target() {
        return TARGET;
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public AfterPosting afterPosting() {
        return mapping.afterPosting();
    }

    @Override
    public void prepare() {
        asking(() -> {
            fitness.accept(erp);
            table = InterfaceTable.check(erp, mapping.shape());
            return null;
        });
    }

    @Override
    public void probe() {
        if (table == null) {
            prepare();
        } else {
            asking(() -> erp.queryOne("select 1", row -> 1));
        }
    }

    @Override
    public Facts load(Questions questions) {
        return asking(() -> facts.ask(questions));
    }

    @Override
    public Resolution<List<DocumentRow>> resolve(Booking booking, Facts answers) {
        return DocumentRows.of(booking, mapping, (IdempiereFacts) answers);
    }

    @Override
    public Resolution<List<DocumentRow>> correct(Amends amends, Facts answers) {
        return CorrectionRows.of(amends, mapping, (IdempiereFacts) answers);
    }

    @Override
    public Optional<String> orderOfFurtherDocument(String documentNo) {
        return FurtherDocuments.orderOf(documentNo);
    }

    @Override
    public void write(Changes<List<DocumentRow>> changes) {
        asking(() -> {
            InterfaceTable<DocumentRow> prepared = Objects.requireNonNull(table, "prepared before anything else");
            delete(changes.remove());
            prepared.insert(changes.write().stream().flatMap(List::stream).toList());
            marks.leave(changes.mark());
            return null;
        });
    }

    @Override
    public Map<String, ErpVerdict> verdicts(Collection<Pending> pending) {
        return asking(() -> verdicts.ask(pending));
    }

    @Override
    public Set<String> marked(Collection<String> messageIds) {
        return asking(() -> marks.among(messageIds));
    }

    @Override
    public List<Mark> marks(Instant from, Instant to, String after, int limit) {
        return asking(() -> marks.between(from, to, after, limit));
    }

    /** Their rows are locked by us and not imported. */
    private void delete(List<String> documentNos) {
        if (!documentNos.isEmpty()) {
            erp.update("delete from i_order where documentno = any(?) and i_isimported <> 'Y'", (Object)
                    documentNos.toArray(String[]::new));
        }
    }

    /** So that nobody takes the ERP's outage for our own. */
    static <T> T asking(Supplier<T> question) {
        try {
            return question.get();
        } catch (RetailException e) {
            boolean away = e.kind() == ErrorKind.DEPENDENCY_DOWN && e.code() != RuntimeError.SERVER_NOT_FIT;
            throw away ? new RetailException(ErpError.ERP_DOWN, words(e), e) : e;
        }
    }

    /** The pool says that it has no connection; what it was told says why. */
    private static String words(RetailException failure) {
        String words = failure.detail();
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            words = cause.getMessage() == null ? words : cause.getMessage();
        }
        return words;
    }
}
