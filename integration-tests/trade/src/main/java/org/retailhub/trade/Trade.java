package org.retailhub.trade;

import java.nio.file.Path;
import org.retailhub.trade.uci.UciReplay;
import org.retailhub.trade.uci.UciYear;

/** {@code java -jar trade.jar <command>}, against the hub of this installation (see {@link Installation}). */
public final class Trade {
    private static final String USAGE = """
            java -jar trade.jar <command>
              first-orders          a demonstration partner, its masters, a few hundred orders, and the ERP's documents of them
              store-day             receipts, transfers, tills and web orders of a day, counted in the evening
              replay-uci <folder>   the sales invoices of December 2010 of UCI Online Retail; the folder has its daily files
              replay-uci-year <folder>   all that the daily files have: sales, returns, corrections of stock""";

    private Trade() {}

    public static void main(String[] arguments) throws Exception {
        String command = arguments.length == 0 ? "" : arguments[0];
        Installation installation = Installation.ofEnvironment();
        boolean good;
        if (command.equals("first-orders") && arguments.length == 1) {
            good = new FirstOrders(installation).run();
        } else if (command.equals("store-day") && arguments.length == 1) {
            good = new StoreDay(installation).run().isEmpty();
        } else if (command.equals("replay-uci") && arguments.length == 2) {
            good = new UciReplay(installation, Path.of(arguments[1])).run().print();
        } else if (command.equals("replay-uci-year") && arguments.length == 2) {
            good = new UciYear(installation, Path.of(arguments[1])).run().print();
        } else {
            System.err.println(USAGE);
            good = false;
        }
        if (!good) {
            System.exit(1);
        }
    }
}
