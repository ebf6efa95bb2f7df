package org.retailhub.masterdata.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.domain.PersonalData;

/** What tells who somebody is, on the wire. */
@Schema(
        name = "PersonalData",
        description = "What tells who a customer is. Where a tenant keeps hashes only, it is not kept")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PersonalDocument(
        @Schema(maxLength = 255) @Nullable String name,
        @Schema(maxLength = 254) @Nullable String email,

        @Schema(maxLength = 40, examples = "+49 561 123456") @Nullable
        String phone,

        @Schema(description = "Of a company", maxLength = 40, examples = "DE123456789") @Nullable
        String taxId,

        @Schema(maxLength = 255) @Nullable String line1,
        @Schema(maxLength = 255) @Nullable String line2,
        @Schema(maxLength = 100) @Nullable String city,
        @Schema(maxLength = 20) @Nullable String postalCode,
        @Schema(maxLength = 60) @Nullable String region,
        @Schema(pattern = "[A-Z]{2}") @Nullable String country) {
    private static final List<String> FIELDS =
            List.of("city", "country", "email", "line1", "line2", "name", "phone", "postalCode", "region", "taxId");
    private static final int LONGEST_EMAIL = 254;

    static PersonalData read(Fields customer) {
        Fields fields = customer.in("personal", FIELDS);
        PersonalData read = new PersonalData(
                fields.optional("name", 255),
                fields.optional(
                        "email",
                        PersonalDocument::isEmail,
                        "an e-mail address of at most " + LONGEST_EMAIL + " characters"),
                fields.optional(
                        "phone", PersonalDocument::isPhone, "a telephone number: 5 to 40 digits, blanks, + - / ( ) ."),
                fields.optional("taxId", 40),
                fields.optional("line1", 255),
                fields.optional("line2", 255),
                fields.optional("city", 100),
                fields.optional("postalCode", 20),
                fields.optional("region", 60),
                fields.country("country"));
        return read.isEmpty() ? PersonalData.NONE : read;
    }

    static boolean isEmail(String text) {
        int at = text.indexOf('@');
        return ProductDocument.isText(text, LONGEST_EMAIL)
                && at > 0
                && at < text.length() - 1
                && text.indexOf('@', at + 1) < 0
                && text.chars().noneMatch(Character::isWhitespace);
    }

    static boolean isPhone(String text) {
        return ProductDocument.isText(text, 40) && text.matches("[0-9 +/().-]{5,40}") && text.matches(".*[0-9].*");
    }

    static PersonalDocument of(PersonalData data) {
        return new PersonalDocument(
                data.name(),
                data.email(),
                data.phone(),
                data.taxId(),
                data.line1(),
                data.line2(),
                data.city(),
                data.postalCode(),
                data.region(),
                data.country());
    }

    /** Whoever logs it by mistake logs this. */
    @Override
    public String toString() {
        return "PersonalDocument[masked]";
    }
}
