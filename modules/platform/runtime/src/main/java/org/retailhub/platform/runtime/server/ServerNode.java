package org.retailhub.platform.runtime.server;

import java.nio.file.Path;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

/**
 * Who this server is to its transaction manager.
 *
 * @param id written into every branch; the only place in the code that knows where it comes from is here
 * @param objectStore the folder of the transaction log, which belongs to this server alone
 */
public record ServerNode(String id, Path objectStore) {
    /** Set by wildfly-config/src/cli/base.cli, which gives the same value to the transaction manager. */
    static final String PROPERTY = "retailhub.node";

    /** @throws RetailException {@link RuntimeError#SERVER_NOT_FIT} if the server's configuration does not say */
    public static ServerNode ofThisServer() {
        String id = System.getProperty(PROPERTY, "");
        String data = System.getProperty("jboss.server.data.dir", "");
        if (id.isBlank() || data.isBlank()) {
            throw new RetailException(
                    RuntimeError.SERVER_NOT_FIT,
                    "the server's configuration does not name its transaction node identifier (system property "
                            + PROPERTY + "). Apply the scripts of wildfly-config to this server and start it again.");
        }
        return new ServerNode(id, Path.of(data, "tx-object-store"));
    }
}
