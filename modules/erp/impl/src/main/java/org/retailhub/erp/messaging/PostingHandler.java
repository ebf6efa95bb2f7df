package org.retailhub.erp.messaging;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jboss.logging.Logger;
import org.retailhub.erp.KnownPostings;
import org.retailhub.erp.KnownShipments;
import org.retailhub.erp.api.ErpError;
import org.retailhub.erp.api.SalesDocument;
import org.retailhub.erp.api.SalesShipment;
import org.retailhub.erp.domain.ErpAdapter;
import org.retailhub.erp.domain.Posting;
import org.retailhub.erp.domain.Questions;
import org.retailhub.masterdata.api.ProductView;
import org.retailhub.masterdata.api.Products;
import org.retailhub.masterdata.api.SalesAccountView;
import org.retailhub.masterdata.api.SalesAccounts;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.Sku;
import org.retailhub.platform.runtime.messaging.BatchHandler;
import org.retailhub.platform.runtime.messaging.Verdict;
import org.retailhub.platform.runtime.outside.CircuitBreaker;
import org.retailhub.platform.runtime.sql.SqlFailures;
import org.retailhub.platform.runtime.trace.Trace;

/** Brings postings into one ERP, a batch in one XA transaction: our rows, the ERP's rows and the queue agree at any time. */
public final class PostingHandler<F extends ErpAdapter.Facts, D> implements BatchHandler<PostingFacts<F>, Effect<D>> {
    private static final Logger LOG = Logger.getLogger(PostingHandler.class);

    private final ErpAdapter<F, D> adapter;
    private final CircuitBreaker circuit;
    private final KnownPostings postings;
    private final KnownShipments shipments;
    private final Products products;
    private final SalesAccounts accounts;
    private final PostingEvents events;
    private final Trace trace;
    private final Clock clock;

    public PostingHandler(
            ErpAdapter<F, D> adapter,
            CircuitBreaker circuit,
            KnownPostings postings,
            KnownShipments shipments,
            Products products,
            SalesAccounts accounts,
            PostingEvents events,
            Trace trace,
            Clock clock) {
        this.adapter = adapter;
        this.circuit = circuit;
        this.postings = postings;
        this.shipments = shipments;
        this.products = products;
        this.accounts = accounts;
        this.events = events;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public boolean mayReceive() {
        CircuitBreaker.State before = circuit.state();
        boolean mayPass = circuit.mayPass();
        if (mayPass && before.open()) {
            LOG.infof("%s: the ERP answers again; it had not since %s", adapter.target(), before.since());
        }
        return mayPass;
    }

    @Override
    public PostingFacts<F> load(List<Envelope> batch) {
        Map<String, PostingFacts.Body> bodies = new HashMap<>();
        Map<String, Set<Sku>> skus = new TreeMap<>();
        Map<String, Set<String>> channels = new TreeMap<>();
        Questions questions = new Questions();
        List<KnownShipments.Key> shipped = new ArrayList<>();
        for (Envelope message : batch) {
            questions.message(message.messageId());
            questions.order(message.businessKey());
            if (!PostingBodies.isKnown(message.type())) {
                continue;
            }
            PostingFacts.Body body = PostingBodies.read(message);
            bodies.put(message.messageId(), body);
            SalesShipment shipment = body.shipment();
            if (shipment != null) {
                shipped.add(new KnownShipments.Key(message.businessKey(), shipment.shipmentNumber()));
            } else if (!message.type().equals(SalesDocument.POST)) {
                questions.correction(message.businessKey(), message.sequence());
            }
            SalesDocument document = body.document();
            if (document != null && body.fault() == null) {
                questions.document(document);
                channels.computeIfAbsent(message.tenant(), t -> new TreeSet<>()).add(document.channel());
                Set<Sku> wanted = skus.computeIfAbsent(message.tenant(), t -> new java.util.HashSet<>());
                document.lines().stream()
                        .map(SalesDocument.Line::sku)
                        .filter(Sku::isValid)
                        .forEach(sku -> wanted.add(new Sku(sku)));
            }
        }
        Map<String, Map<Sku, ProductView>> productsByTenant = new HashMap<>();
        skus.forEach((tenant, wanted) -> productsByTenant.put(tenant, products.bySku(tenant, wanted)));
        Map<String, Map<String, SalesAccountView>> accountsByTenant = new HashMap<>();
        channels.forEach((tenant, wanted) -> accountsByTenant.put(tenant, accounts.byChannel(tenant, wanted)));
        productsByTenant
                .values()
                .forEach(found -> questions.keys(
                        found.values().stream().map(ProductView::erpItem).toList(), List.of()));
        accountsByTenant
                .values()
                .forEach(found -> questions.keys(
                        List.of(),
                        found.values().stream()
                                .map(SalesAccountView::erpPartner)
                                .toList()));
        Map<String, Posting> known = postings.lock(questions.orderIds());
        known.values().forEach(posting -> questions.message(posting.messageId()));
        return new PostingFacts<>(
                bodies, productsByTenant, accountsByTenant, adapter.load(questions), known, shipments.known(shipped));
    }

    @Override
    public Verdict<Effect<D>> decide(Envelope message, PostingFacts<F> facts) {
        return new PostingDecision<>(adapter, message, facts, clock.instant()).decide();
    }

    @Override
    public boolean traces(Envelope message) {
        return true;
    }

    @Override
    public void write(List<Decided<Effect<D>>> good, PostingFacts<F> facts) {
        List<String> remove = new ArrayList<>();
        List<D> documents = new ArrayList<>();
        List<Envelope> mark = new ArrayList<>();
        List<Posting> after = new ArrayList<>();
        List<PostingEvents.Telling> tellings = new ArrayList<>();
        List<Trace.Hop> hops = new ArrayList<>();
        List<KnownShipments.Taken> taken = new ArrayList<>();
        for (Decided<Effect<D>> decided : good) {
            Envelope message = decided.message();
            Effect<D> effect = decided.effect();
            remove.addAll(effect.remove());
            D document = effect.document();
            if (document != null) {
                documents.add(document);
            }
            if (effect.mark()) {
                mark.add(message);
            }
            SalesShipment shipment = effect.shipment();
            if (shipment != null) {
                taken.add(new KnownShipments.Taken(
                        new KnownShipments.Key(message.businessKey(), shipment.shipmentNumber()),
                        message.tenant(),
                        KnownShipments.NOT_SUPPORTED,
                        message.messageId(),
                        message.sequence(),
                        message.body(),
                        clock.instant()));
            }
            Posting posting = effect.after();
            if (posting != null) {
                after.add(posting);
            }
            String eventType = effect.eventType();
            Object event = effect.event();
            if (posting != null && eventType != null && event != null) {
                tellings.add(new PostingEvents.Telling(
                        posting, eventType, event, message.messageId(), message.traceparent()));
            }
            hops.add(new Trace.Hop(
                    message.businessKey(), message.tenant(), effect.hop(), message.messageId(), adapter.target()));
        }
        adapter.write(new ErpAdapter.Changes<>(remove, documents, mark));
        postings.store(after);
        shipments.add(taken);
        events.tell(tellings);
        trace.record(hops);
    }

    @Override
    public void failed(RuntimeException failure) {
        boolean wasClosed = circuit.isClosed();
        if (failure instanceof RetailException retail && retail.code() == ErpError.ERP_DOWN) {
            circuit.failed(failure);
        } else if (SqlFailures.isDependencyDown(failure)) {
            circuit.suspect();
        }
        if (wasClosed && !circuit.isClosed()) {
            LOG.warnf(
                    "%s %s: the circuit opens: %s",
                    ErpError.ERP_DOWN.code(), adapter.target(), circuit.state().reason());
        }
    }

    @Override
    public void committed() {
        circuit.succeeded();
    }
}
