package org.voucherledger.api.http;

import java.lang.reflect.Method;
import java.util.stream.Stream;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.voucherledger.api.pipeline.DryRun;
import org.voucherledger.api.problem.ProblemWriter;
import org.voucherledger.domain.scheme.SchemeCommand.PublishScheme;

/** Registers every route of {@link CommandRoutes} with Spring; a scheme's file has an endpoint of its own. */
@Component
class CommandRouting implements SmartInitializingSingleton {

    private final RequestMappingHandlerMapping mapping;
    private final CommandGate gate;
    private final DryRun dryRun;
    private final Consequences consequences;
    private final ProblemWriter problems;

    CommandRouting(
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
            CommandGate gate,
            DryRun dryRun,
            Consequences consequences,
            ProblemWriter problems) {
        this.mapping = mapping;
        this.gate = gate;
        this.dryRun = dryRun;
        this.consequences = consequences;
        this.problems = problems;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Method answer = Stream.of(CommandEndpoint.class.getDeclaredMethods())
                .filter(method -> method.getName().equals("answer"))
                .findFirst()
                .orElseThrow();
        CommandRoutes.ALL.stream()
                .filter(route -> route.type() != PublishScheme.class)
                .forEach(route -> mapping.registerMapping(
                        RequestMappingInfo.paths(route.fullPath())
                                .methods(RequestMethod.POST)
                                .options(mapping.getBuilderConfiguration())
                                .build(),
                        new CommandEndpoint(route, gate, dryRun, consequences, problems),
                        answer));
    }
}
