package org.retailhub.masterdata.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.ErpMasters;
import org.retailhub.masterdata.ErpMasters.Said;
import org.retailhub.masterdata.api.LearnMaster;
import org.retailhub.masterdata.api.MasterDataError;
import org.retailhub.masterdata.domain.ErpMaster;
import org.retailhub.masterdata.domain.MasterKind;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.RetailException.Violation;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.messaging.BatchHandler;
import org.retailhub.platform.runtime.messaging.Verdict;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.trace.Trace;

/** What ERPs say of their masters, a batch in one transaction. */
public final class MasterCommands implements BatchHandler<MasterCommands.Facts, ErpMaster> {
    /** By message: which other active master of an ERP has the key that this one claims. */
    public record Facts(Map<String, String> keyTakenBy) {}

    private static final ObjectReader BODY =
            StrictJson.mapper().readerFor(LearnMaster.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final ErpMasters masters;
    private final Trace trace;

    public MasterCommands(ErpMasters masters, Trace trace) {
        this.masters = masters;
        this.trace = trace;
    }

    private record Claim(String messageId, ErpMaster master) {}

    @Override
    public Facts load(List<Envelope> batch) {
        Map<String, Map<MasterKind, List<Claim>>> claims = new TreeMap<>();
        for (Envelope message : batch) {
            ErpMaster master = valid(message);
            if (master != null) {
                claims.computeIfAbsent(message.tenant(), tenant -> new TreeMap<>())
                        .computeIfAbsent(master.kind(), kind -> new ArrayList<>())
                        .add(new Claim(message.messageId(), master));
            }
        }
        Map<String, String> taken = new HashMap<>();
        claims.forEach((tenant, byKind) -> byKind.forEach((kind, all) -> {
            List<String> keys = all.stream().map(claim -> claim.master().key()).toList();
            taken.putAll(taken(masters.holders(tenant, kind, keys), all));
        }));
        return new Facts(taken);
    }

    /** In the order in which they came: what goes out of use gives its key to who comes after it. */
    private static Map<String, String> taken(Map<String, String> holders, List<Claim> claims) {
        Map<String, String> taken = new HashMap<>();
        for (Claim claim : claims) {
            String id = claim.master().target() + "/" + claim.master().erpId();
            if (!claim.master().active()) {
                holders.remove(claim.master().key(), id);
                continue;
            }
            // It gives up the key that it had, for one that comes after it.
            holders.values().removeIf(id::equals);
            String holder = holders.putIfAbsent(claim.master().key(), id);
            if (holder != null && !holder.equals(id)) {
                taken.put(claim.messageId(), holder);
            }
        }
        return taken;
    }

    private static @Nullable ErpMaster valid(Envelope message) {
        try {
            @Nullable LearnMaster said = BODY.readValue(message.body());
            return said == null ? null : ErpMaster.read(said).valid();
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    @Override
    public Verdict<ErpMaster> decide(Envelope message, Facts facts) {
        if (!message.type().equals(LearnMaster.TYPE)) {
            return Verdict.park(RuntimeError.UNKNOWN_MESSAGE_TYPE, message.type());
        }
        try {
            @Nullable LearnMaster said = BODY.readValue(message.body());
            if (said == null) {
                return Verdict.park(RuntimeError.MALFORMED_MESSAGE, "the body is null");
            }
            String key = LearnMaster.businessKey(message.tenant(), said.target(), said.kind(), said.erpId());
            if (!key.equals(message.businessKey())) {
                return park(new Violation("erpId", "the message's key is not that of its master"));
            }
            ErpMaster.Reading reading = ErpMaster.read(said);
            ErpMaster master = reading.valid();
            if (master == null) {
                return park(reading.fault());
            }
            String holder = facts.keyTakenBy().get(message.messageId());
            return holder == null
                    ? Verdict.handle(master)
                    : park(new Violation(
                            master.named() ? "sku" : "value", master.key() + " is that of " + holder + " already"));
        } catch (JsonProcessingException e) {
            return Verdict.park(RuntimeError.MALFORMED_MESSAGE, String.valueOf(e.getOriginalMessage()));
        }
    }

    private static Verdict<ErpMaster> park(@Nullable Violation fault) {
        return Verdict.park(
                MasterDataError.INVALID_MASTER, fault == null ? "" : fault.field() + ": " + fault.message());
    }

    @Override
    public boolean traces(Envelope message) {
        return true;
    }

    @Override
    public void write(List<Decided<ErpMaster>> good, Facts facts) {
        Map<String, List<Said>> byTenant = new TreeMap<>();
        List<Trace.Hop> hops = new ArrayList<>();
        for (Decided<ErpMaster> decided : good) {
            Envelope message = decided.message();
            byTenant.computeIfAbsent(message.tenant(), tenant -> new ArrayList<>())
                    .add(new Said(decided.effect(), message.sequence()));
            hops.add(new Trace.Hop(
                    message.businessKey(),
                    message.tenant(),
                    "learnt",
                    message.messageId(),
                    decided.effect().key()));
        }
        byTenant.forEach(masters::learn);
        trace.record(hops);
    }
}
