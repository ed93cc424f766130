package org.voucherledger.domain.command;

import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.annotation.ParameterResolver;
import org.axonframework.messaging.annotation.ParameterResolverFactory;

/** Lets a handler say {@code handle(OrderVoucher order, Stamp stamp)}. Found by Axon through {@code META-INF/services}. */
public final class StampParameterResolverFactory implements ParameterResolverFactory {

    private static final ParameterResolver<Stamp> RESOLVER = new ParameterResolver<>() {
        @Override
        public Stamp resolveParameterValue(Message<?> message) {
            return Stamp.from(message.getMetaData());
        }

        @Override
        public boolean matches(Message<?> message) {
            return message.getMetaData().containsKey(Stamp.RECEIVED_AT);
        }
    };

    @Override
    public ParameterResolver<Stamp> createInstance(Executable executable, Parameter[] parameters, int parameterIndex) {
        return parameters[parameterIndex].getType() == Stamp.class ? RESOLVER : null;
    }
}
