package app.headlight.bench;

import app.headlight.HeadlightApplication;
import app.headlight.ground.people.AccessTokens;
import app.headlight.ground.people.Accounts;
import app.headlight.ground.people.Role;
import java.util.Scanner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole program for {@link LoadTable}, in a JVM of its own: says its port and its writers' tokens, then how much it holds. */
public final class LoadServer {

    private LoadServer() {}

    public static void main(String[] arguments) {
        ConfigurableApplicationContext context = SpringApplication.run(HeadlightApplication.class, arguments);
        Accounts accounts = context.getBean(Accounts.class);
        AccessTokens tokens = context.getBean(AccessTokens.class);
        System.out.println("PORT " + context.getEnvironment().getProperty("local.server.port"));
        for (int i = 0; i < LoadTable.WRITERS; i++) {
            System.out.println("TOKEN "
                    + tokens.make(accounts.add("Writer " + i, Role.MEMBER, "a password of writer " + i), "load"));
        }
        System.out.println("READY");
        Scanner asked = new Scanner(System.in);
        while (asked.hasNextLine() && asked.nextLine().equals("held")) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            System.out.println("HELD " + (runtime.totalMemory() - runtime.freeMemory()));
        }
        context.close();
    }
}
