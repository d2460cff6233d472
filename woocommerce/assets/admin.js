/**
 * The settings page, the notices and the order screen. Works with what the server printed; without it everything is readable.
 */
( function () {
	'use strict';

	var data = window.bonuspayAdmin || {};

	function say( button, text, isGood ) {
		var place = button.parentNode.querySelector( '.bonuspay-result' );
		if ( place ) {
			place.textContent = text;
			place.className = 'bonuspay-result' + ( isGood === undefined ? '' : isGood ? ' is-good' : ' is-bad' );
		}
	}

	function post( action, fields ) {
		var body = new URLSearchParams( fields );
		body.set( 'action', action );
		return fetch( data.url, { method: 'POST', credentials: 'same-origin', body: body } ).then( function ( response ) {
			return response.json();
		} );
	}

	// Calls the server for a button and says what came of it.
	function ask( button, action, onSuccess ) {
		button.disabled = true;
		say( button, data.working );
		post( action, { nonce: data.nonce, mode: button.dataset.mode } ).then( function ( answer ) {
			say( button, answer.data.message, answer.success );
			if ( answer.success && onSuccess ) {
				onSuccess( answer.data );
			}
		} ).catch( function () {
			say( button, data.failed, false );
		} ).then( function () {
			button.disabled = false;
		} );
	}

	function generate( button ) {
		if ( button.dataset.replace && ! window.confirm( data.replace ) ) {
			return;
		}
		ask( button, data.generateAction, function ( made ) {
			var own = button.closest( 'li' ).querySelector( '.bonuspay-own' );
			own.hidden = false;
			own.querySelector( 'textarea' ).value = made.publicKey;
			own.querySelector( 'code' ).textContent = made.fingerprint;
			button.dataset.replace = '1';
			button.classList.remove( 'button-primary' );
		} );
	}

	function copy( button ) {
		var field = document.getElementById( button.dataset.for );
		field.focus();
		field.select();
		// The clipboard is closed to pages that came over http; the older way is not.
		var done = navigator.clipboard ? navigator.clipboard.writeText( field.value ) : Promise.reject();
		done.catch( function () {
			document.execCommand( 'copy' );
		} ).then( function () {
			say( button, data.copied, true );
		} );
	}

	// The button stands within the order's form, where no other form may stand.
	function check( button ) {
		var form = document.createElement( 'form' );
		var fields = { action: button.dataset.action, nonce: button.dataset.nonce, order_id: button.dataset.order };
		if ( button.dataset.confirm && ! window.confirm( button.dataset.confirm ) ) {
			return;
		}
		if ( button.dataset.attempt ) {
			fields.attempt_id = button.dataset.attempt;
			fields.what = button.dataset.what;
			button.closest( '.bonuspay-refunds' ).querySelectorAll( '[data-field]' ).forEach( function ( field ) {
				if ( field.dataset.attempt === button.dataset.attempt ) {
					fields[ field.dataset.field ] = field.value;
				}
			} );
		}
		form.method = 'post';
		form.action = button.dataset.url;
		Object.keys( fields ).forEach( function ( name ) {
			var input = document.createElement( 'input' );
			input.type = 'hidden';
			input.name = name;
			input.value = fields[ name ];
			form.appendChild( input );
		} );
		document.body.appendChild( form );
		button.disabled = true;
		form.submit();
	}

	function showMode() {
		var choice = document.querySelector( 'select.bonuspay-mode' );
		document.querySelectorAll( '.bonuspay-keys' ).forEach( function ( row ) {
			row.hidden = choice !== null && row.dataset.mode !== choice.value;
		} );
	}

	document.addEventListener( 'click', function ( event ) {
		var button = event.target.closest( 'button' );
		if ( ! button ) {
			return;
		}
		if ( button.classList.contains( 'bonuspay-generate' ) ) {
			generate( button );
		} else if ( button.classList.contains( 'bonuspay-test' ) ) {
			ask( button, data.testAction );
		} else if ( button.classList.contains( 'bonuspay-copy' ) ) {
			copy( button );
		} else if ( button.classList.contains( 'bonuspay-check' ) ) {
			check( button );
		} else if ( button.classList.contains( 'notice-dismiss' ) && button.closest( '.bonuspay-notice' ) ) {
			var notice = button.closest( '.bonuspay-notice' );
			post( notice.dataset.action, { nonce: notice.dataset.nonce, notice: notice.dataset.notice } ).catch( function () {} );
		}
	} );
	document.addEventListener( 'change', function ( event ) {
		if ( event.target.matches( 'select.bonuspay-mode' ) ) {
			showMode();
		}
	} );
	showMode();
}() );
