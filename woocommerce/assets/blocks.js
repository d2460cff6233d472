/**
 * BonusPay in the block checkout: a label, a description, and the choice of coin and network. No build step.
 */
( function ( wc, wp ) {
	'use strict';

	var el = wp.element.createElement;
	var text = wp.htmlEntities.decodeEntities;
	var __ = wp.i18n.__;
	var read = wc.wcSettings.getPaymentMethodData;
	var data = ( read && read( 'bonuspay', null ) ) || wc.wcSettings.getSetting( 'bonuspay_data', {} );
	var title = text( data.title || 'BonusPay' );
	var choices = data.choices || [];
	// The checkout may throw its parts away and make them anew, when the cart changes: what was chosen stays.
	var kept = data.preferred || '';

	function Choice( props ) {
		var id = 'bonuspay-choice-' + props.choice.value.toLowerCase();
		return el( 'div', { style: { display: 'flex', gap: '.5em', alignItems: 'baseline', padding: '.35em 0' } },
			el( 'input', {
				type: 'radio',
				id: id,
				name: 'bonuspay_choice',
				value: props.choice.value,
				checked: props.checked,
				onChange: function () {
					props.onChoose( props.choice.value );
				}
			} ),
			el( 'label', { htmlFor: id }, text( props.choice.label ) )
		);
	}

	function Choices( props ) {
		if ( choices.length === 1 ) {
			/* translators: %s: a coin and its network, such as "USDT on the TRON network (TRC-20)". */
			return el( 'p', null, wp.i18n.sprintf( __( 'You pay with %s.', 'bonuspay-for-woocommerce' ), text( choices[ 0 ].label ) ) );
		}
		return el( 'fieldset', { style: { border: 0, margin: 0, padding: 0 } },
			el( 'legend', { style: { fontWeight: 600, padding: 0 } }, __( 'Coin and network', 'bonuspay-for-woocommerce' ) ),
			choices.map( function ( choice ) {
				return el( Choice, {
					key: choice.value,
					choice: choice,
					checked: choice.value === props.chosen,
					onChoose: props.onChoose
				} );
			} )
		);
	}

	function Content( props ) {
		var state = wp.element.useState( kept );
		var chosen = state[ 0 ];
		var choose = function ( value ) {
			kept = value;
			state[ 1 ]( value );
		};
		// In the editor nothing is paid, and there may be no events.
		var onPaymentSetup = props.eventRegistration && props.eventRegistration.onPaymentSetup;
		var success = props.emitResponse && props.emitResponse.responseTypes ? props.emitResponse.responseTypes.SUCCESS : 'success';

		// Once, for the function and the string, not the objects they come in: WooCommerce makes those anew for each rendering,
		// and to register is to render once more, so the checkout would never come to rest. And with what is chosen when it is
		// asked: a registration counts only some renderings later, and who is quick would pay with the choice before.
		wp.element.useEffect( function () {
			return onPaymentSetup ? onPaymentSetup( function () {
				return { type: success, meta: { paymentMethodData: { bonuspay_choice: kept } } };
			} ) : undefined;
		}, [ onPaymentSetup, success ] );

		return el( 'div', { className: 'bonuspay-blocks' },
			data.description ? el( 'p', null, text( data.description ) ) : null,
			data.isTest ? el( 'p', null, el( 'strong', null, __( 'Test mode: send no real coins.', 'bonuspay-for-woocommerce' ) ) ) : null,
			el( Choices, { chosen: chosen, onChoose: choose } )
		);
	}

	function Label( props ) {
		var PaymentMethodLabel = props.components && props.components.PaymentMethodLabel;
		return PaymentMethodLabel ? el( PaymentMethodLabel, { text: title } ) : el( 'span', null, title );
	}

	wc.wcBlocksRegistry.registerPaymentMethod( {
		name: 'bonuspay',
		label: el( Label ),
		ariaLabel: title,
		content: el( Content ),
		edit: el( Content ),
		// The server says which carts it takes: currency, smallest and greatest amount.
		canMakePayment: function ( cart ) {
			var offered = cart && cart.paymentMethods;
			return ! Array.isArray( offered ) || offered.indexOf( 'bonuspay' ) !== -1;
		},
		supports: { features: data.supports || [ 'products' ] }
	} );
}( window.wc, window.wp ) );
