package org.retailhub.masterdata.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.api.CustomerView;

/**
 * A customer as it is kept. It is never deleted, since orders and postings name it: erased, it is its id, its ERP partner and the record
 * of the erasure.
 *
 * @param personal none in a tenant that keeps hashes only, and after an erasure
 * @param emailHash for look-up, see {@link LookupHash}
 * @param erasedAt null unless its personal data were erased
 */
public record Customer(
        String id,
        @Nullable String erpPartner,
        boolean active,
        @Nullable Block block,
        PersonalData personal,
        @Nullable String emailHash,
        @Nullable String phoneHash,
        @Nullable Instant erasedAt) {
    /** What is to be kept of a content in this mode. */
    public static Customer of(CustomerContent content, PersonalDataMode mode, LookupHash hashes, String tenant) {
        PersonalData said = content.personal();
        PersonalData kept =
                switch (mode) {
                    case READABLE -> said;
                    case HASH_ONLY -> PersonalData.NONE;
                };
        return new Customer(
                content.id(),
                content.erpPartner(),
                content.active(),
                content.block(),
                kept,
                hashes.ofEmail(tenant, said.email()),
                hashes.ofPhone(tenant, said.phone()),
                null);
    }

    public boolean isErased() {
        return erasedAt != null;
    }

    /** Names of the fields that become others; nothing of what is in them. */
    public List<String> differences(Customer next) {
        List<String> fields = new ArrayList<>();
        if (!Objects.equals(erpPartner, next.erpPartner)) {
            fields.add("erpPartner");
        }
        if (active != next.active) {
            fields.add("active");
        }
        if (block != next.block) {
            fields.add("block");
        }
        fields.addAll(personal.differences(next.personal));
        if (!fields.contains("email") && !Objects.equals(emailHash, next.emailHash)) {
            fields.add("email");
        }
        if (!fields.contains("phone") && !Objects.equals(phoneHash, next.phoneHash)) {
            fields.add("phone");
        }
        return fields;
    }

    public CustomerView view() {
        return new CustomerView(id, erpPartner, active, block == null ? null : block.wire(), isErased());
    }

    /** Without hashes too: with the key they are as good as the address. */
    @Override
    public String toString() {
        return "Customer[" + id + ", " + personal + "]";
    }
}
